import { bodyPlaceholders } from '../placeholders/body-placeholders.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import { brief } from '../text/brief.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import {
  endpointNames,
  syntaxes,
  unresolvedValue,
  type Placeholder,
  type Unresolved,
} from '../placeholders/placeholders.ts';
import { targetPlaceholders } from '../placeholders/target-placeholders.ts';
import { bodyFixes } from '../fixes/string-to-sign.ts';
import { resolvedPart } from '../fixes/resolved-part.ts';
import { filledTemplate } from '../fixes/template.ts';
import { targetFixes } from '../fixes/target.ts';
import { targetValue } from '../text/target-text.ts';

/** A placeholder was signed, and its value was sent. */
export const templateUnresolved: MistakeClass<Unresolved> = {
  id: 'template/unresolved',
  rank: 210,
  needs: 'nothing',
  phase: 'late',
  usualFrom: ['postman'],
  manifold: true,
  inPairs: 'usual first',
  perPart: true,
  values: (slot, evidence) =>
    targetValue(slot) === undefined ? wholeValues(slot, evidence) : targetPlaceholders(slot, evidence),
  bodies: (_, text, evidence) => bodyPlaceholders(text, evidence),
  say: ({ placeholders }, { part }) => {
    const where = part === 'body' ? ' in the body' : '';
    const [first, ...others] = placeholders;
    if (first !== undefined && others.length === 0)
      return `You signed the text ${first.placeholder}${where}; the request went out with its value${first.value === undefined ? '' : ` ${brief(first.value)}`}.`;
    const texts = placeholders.map(({ placeholder }) => placeholder).join(' and ');
    return `You signed the texts ${texts}${where}; the request went out with their values${valuesOf(placeholders)}.`;
  },
  fixes: ({ scheme, message }, detail) => {
    // A template has a "?" of its own before its query.
    const known = detail.placeholders.filter(({ placeholder, value }) => value !== undefined && placeholder !== '?');
    const filled = known.map(({ placeholder }) => placeholder);
    if (detail.stands === 'as a value') return resolvedPart(scheme, detail.source, filled, message.method);
    // What stood before the target alone is no part of what is signed.
    if (filled.length === 0) return detail.stands === 'in the target' ? targetFixes(scheme) : bodyFixes(scheme);
    return filledTemplate(scheme, filled, detail.stands);
  },
};

function valuesOf(placeholders: readonly Placeholder[]): string {
  const known = placeholders.flatMap(({ placeholder, value }) =>
    value === undefined ? [] : [`${brief(value)} for ${placeholder}`],
  );
  return known.length === 0 ? '' : `: ${known.join(', ')}`;
}

/** A whole part (host, date, header) that a variable stood for. */
function* wholeValues(slot: Slot, { variables }: Evidence): Generator<ValueMove<Unresolved>> {
  const { from } = slot.source;
  if (
    !['host', 'date', 'header', 'content-hash', 'literal', 'method'].includes(from) ||
    typeof slot.value !== 'string' ||
    slot.value === ''
  )
    return;
  const own: Readonly<Record<string, readonly string[]>> = {
    host: endpointNames,
    date: [
      'date',
      'timestamp',
      'time',
      'now',
      'x-ms-date',
      'dateStr',
      'x-timestamp',
      '$timestamp',
      '$isoTimestamp',
      'utcDate',
      'requestDate',
    ],
    'content-hash': ['hash', 'contentHash', 'body', 'contentMd5', 'md5', 'hashedBodyStr', 'content-md5'],
    header: ['contentType', 'content-type', 'Content-Type', slot.name],
    method: ['method', 'verb'],
  };
  const named = [...variables].filter(([, value]) => value === slot.value).map(([name]) => name);
  for (const name of new Set([...named, ...(own[from] ?? [])])) {
    for (const { write, cost } of syntaxes.slice(0, 9)) {
      const placeholder = write(name);
      yield {
        detail: unresolvedValue(placeholder, slot.value, slot.source),
        cost: (named.includes(name) ? 1 : write === syntaxes[0]?.write ? 2 : 3) + cost,
        value: placeholder,
      };
    }
  }
  for (const [name, value] of variables) {
    if (value === '' || value === slot.value || !slot.value.includes(value)) continue;
    for (const { write, cost } of syntaxes.slice(0, 9)) {
      yield {
        detail: unresolvedValue(write(name), value, slot.source),
        cost: 1 + cost,
        value: slot.value.replaceAll(value, write(name)),
      };
    }
  }
}
