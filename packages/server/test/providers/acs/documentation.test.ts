import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiVersions } from '../../../src/providers/acs/protocol/api-versions.ts';
import { eventVersions } from '../../../src/providers/acs/events/event-versions.ts';
import { acs } from '../../../src/providers/acs/plug.ts';
import { refusalAnswers } from '../../../src/providers/acs/authentication/refusal-answers.ts';
import { operations } from '../../../src/providers/acs/operations/operations.ts';
import { specifications } from './openapi-conformance.ts';

describe('the documentation says what the code does', () => {
  it('lists every operation with the version that introduced it', () => {
    const rows = rowsOf('acs-operations.md')
      .filter(({ length }) => length === 4)
      .slice(1);
    expect(rows).toEqual(
      operations.map(({ operationId, method, path, since }) => [
        operationId,
        `${method} ${path.replace('/calling', '')}`,
        since,
        'done',
      ]),
    );
  });

  it('lists every event with the version that introduced it', () => {
    const rows = rowsOf('acs-operations.md')
      .filter(({ length }) => length === 3)
      .slice(1);
    expect(rows).toEqual(Object.entries(eventVersions).map(([name, since]) => [name, since, 'done']));
  });

  it('lists the accepted versions', () => {
    for (const version of apiVersions) expect(textOf('acs-operations.md')).toContain(`\`${version}\``);
  });

  it('lists every answer to refused authentication, and how sure it is', () => {
    const rows = rowsOf('acs-assumptions.md')
      .filter(({ length }) => length === 6)
      .slice(1);
    expect(rows).toEqual(
      Object.entries(refusalAnswers).flatMap(([service, answers]) =>
        Object.entries(answers).map(([code, answer]) => [
          service === 'calling' ? 'Call Automation' : 'identities, SMS',
          code,
          String(answer.status),
          answer.code,
          answer.message,
          answer.certainty,
        ]),
      ),
    );
  });

  it('names every fault', () => {
    for (const fault of Object.keys(acs.faults)) expect(textOf('acs.md')).toContain(`\`${fault}\``);
  });
});

describe('the specification', () => {
  it.each(specifications)('of $version has no operation that is not served', (specification) => {
    const served = operations
      .filter(({ since }) => since <= specification.version)
      .map(({ operationId, method, path }) => `${operationId} ${method} ${path}`);
    const specified = specification.operations.map(
      ({ operationId, method, path }) => `${operationId} ${method} ${path}`,
    );
    expect(served.toSorted()).toEqual(specified.toSorted());
  });
});

function textOf(file: string): string {
  return readFileSync(new URL(`../../../../../docs/${file}`, import.meta.url), 'utf8');
}

/** The rows of a document's tables, headings included, rules left out. */
function rowsOf(file: string): string[][] {
  return textOf(file)
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[ :|-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}
