import { readFileSync } from 'node:fs';
import type { RefusalCode } from '@countersign/core/errors';
import { describe, expect, it } from 'vitest';
import { apiVersions } from '../../../src/providers/acs/protocol/api-versions.ts';
import { isKnownEvent } from '../../../src/providers/acs/events/event-versions.ts';
import { acs } from '../../../src/providers/acs/plug.ts';
import { refusedAuthentication } from '../../../src/providers/acs/authentication/refusal-answers.ts';
import { operations } from '../../../src/providers/acs/operations/operations.ts';
import { eventNames } from './event-names.ts';
import { specifications } from './openapi-conformance.ts';

const certainty = /^(?:documented|observed|assumed)$/;

/** Every reason for which core refuses a request, in the order of the page. */
const refusalCodes = Object.keys({
  'authorization/missing': true,
  'authorization/duplicate': true,
  'authorization/malformed': true,
  'authorization/signed-headers': true,
  'key/unknown': true,
  'date/missing': true,
  'date/duplicate': true,
  'date/malformed': true,
  'date/expired': true,
  'date/future': true,
  'header/missing': true,
  'header/duplicate': true,
  'header/malformed': true,
  'method/malformed': true,
  'target/malformed': true,
  'body/malformed': true,
  'token/malformed': true,
  'token/algorithm': true,
  'token/claim': true,
  'url-hash/missing': true,
  'url-hash/mismatch': true,
  'content-hash/missing': true,
  'content-hash/mismatch': true,
  'signature/malformed': true,
  'signature/mismatch': true,
} satisfies Record<RefusalCode, true>) as RefusalCode[];

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
    const expected = eventNames.map((name) => [name, apiVersions.find((one) => isKnownEvent(name, one)), 'done']);
    expect(rows.toSorted()).toEqual(expected.toSorted());
  });

  it('lists the accepted versions', () => {
    for (const version of apiVersions) expect(textOf('acs-operations.md')).toContain(`\`${version}\``);
  });

  it('lists every answer to refused authentication, and how sure it is', () => {
    const rows = rowsOf('acs-assumptions.md')
      .filter(({ length }) => length === 6)
      .slice(1);
    expect(rows).toEqual(
      (['calling', 'resource'] as const).flatMap((service) =>
        refusalCodes.map((code) => {
          const { statusCode, body } = refusedAuthentication(service, code);
          const title = service === 'calling' ? 'Call Automation' : 'identities, SMS';
          return [
            title,
            code,
            String(statusCode),
            body.error.code,
            body.error.message,
            expect.stringMatching(certainty),
          ];
        }),
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
