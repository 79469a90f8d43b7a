import { bodyPlaceholders } from '../placeholders/body-placeholders.ts';
import type { Fixes } from '../diagnosis.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import { brief } from '../text/brief.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import {
  endpointNames,
  syntaxes,
  unresolved,
  type Placeholder,
  type Unresolved,
} from '../placeholders/placeholders.ts';
import { targetPlaceholders } from '../placeholders/target-placeholders.ts';
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
  fixes: ({ scheme }, { placeholders, stands }) => {
    const filled = placeholders.find(({ value }) => value !== undefined);
    // What stood before the target alone is no part of what is signed.
    if (filled === undefined && stands === 'in the target') return targetFixes(scheme);
    return resolveBeforeSigning((filled ?? placeholders[0])?.placeholder ?? '', stands === 'in the target');
  },
};

function valuesOf(placeholders: readonly Placeholder[]): string {
  const known = placeholders.flatMap(({ placeholder, value }) =>
    value === undefined ? [] : [`${brief(value)} for ${placeholder}`],
  );
  return known.length === 0 ? '' : `: ${known.join(', ')}`;
}

/**
 * @param placeholder as it was signed; each language has a variable of its name
 * @param encoded whether the value is one of a URL
 */
function resolveBeforeSigning(placeholder: string, encoded: boolean): Fixes {
  const letters = placeholder.replace(/%[0-9A-F]{2}/gi, '').match(/[A-Za-z0-9]+/g) ?? ['value'];
  const words = letters.map((word, at) => (at === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)));
  const name = words.join('').replace(/^(?=\d)/, 'value');
  const value = (encode: (name: string) => string): string => (encoded ? encode(name) : name);
  const [single, double] = [`'${placeholder}'`, `"${placeholder}"`];
  return {
    javascript: `const text = template.replaceAll(${single}, ${value((it) => `encodeURIComponent(${it})`)}); // before signing, and sign what is sent`,
    python: `text = template.replace(${single}, ${value((it) => `quote(${it}, safe='')`)})  # before signing, and sign what is sent`,
    csharp: `var text = template.Replace(${double}, ${value((it) => `Uri.EscapeDataString(${it})`)}); // before signing, and sign what is sent`,
    java: `String text = template.replace(${double}, ${value((it) => `URLEncoder.encode(${it}, UTF_8).replace("+", "%20")`)}); // before signing, and sign what is sent`,
    php: `$text = str_replace(${single}, ${encoded ? `rawurlencode($${name})` : `$${name}`}, $template); // before signing, and sign what is sent`,
    postman: 'const url = pm.variables.replaceIn(pm.request.url.toString()); // the same for pm.request.body.raw',
  };
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
        detail: unresolved([{ placeholder, value: slot.value }], 'as a value'),
        cost: (named.includes(name) ? 1 : write === syntaxes[0]?.write ? 2 : 3) + cost,
        value: placeholder,
      };
    }
  }
  for (const [name, value] of variables) {
    if (value === '' || value === slot.value || !slot.value.includes(value)) continue;
    for (const { write, cost } of syntaxes.slice(0, 9)) {
      yield {
        detail: unresolved([{ placeholder: write(name), value }], 'as a value'),
        cost: 1 + cost,
        value: slot.value.replaceAll(value, write(name)),
      };
    }
  }
}
