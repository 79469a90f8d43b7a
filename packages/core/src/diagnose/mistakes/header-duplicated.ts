import { headerValue, headerValues } from '../../message.ts';
import { rowOf } from '../../parts/sources.ts';
import { sentHeaderFixes } from '../fixes/sent-header.ts';
import { ownSignedHeaders } from '../reading/own-signed-headers.ts';
import type { MistakeClass } from '../search/mistake-class.ts';
import type { Evidence } from '../reading/evidence.ts';

type Duplicate =
  | { readonly kind: 'sent'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'other value' | 'both values'; readonly name: string };

/** A signed header was sent more than once. */
export const headerDuplicated: MistakeClass<Duplicate> = {
  id: 'header/duplicated',
  rank: 20,
  needs: 'nothing',
  lint: (evidence) => {
    for (const name of singleHeaders(evidence)) {
      const values = headerValues(evidence.message.headers, name);
      if (values.length < 2) continue;
      return {
        detail: { kind: 'sent', name, values },
        part: partOf(evidence, name),
        yours: values.join('\n'),
        expected: values[0] ?? '',
      };
    }
    return undefined;
  },
  values: function* (slot, { message, date, contentHash }) {
    const name =
      slot.source.from === 'header'
        ? slot.source.header
        : slot.source.from === 'date'
          ? date?.header
          : slot.source.from === 'content-hash'
            ? contentHash?.header
            : slot.source.from === 'host'
              ? 'host'
              : undefined;
    const values = name === undefined ? [] : headerValues(message.headers, name);
    if (name === undefined || values.length < 2) return;
    for (const value of values.slice(1)) yield { detail: { kind: 'other value', name }, cost: 1, value };
    for (const separator of [', ', ',', ';'])
      yield { detail: { kind: 'both values', name }, cost: 1, value: values.join(separator) };
  },
  notes: otherDates,
  say: (detail) => {
    const name = `The header ${detail.name}`;
    switch (detail.kind) {
      case 'sent':
        return `${name} was sent ${times(detail.values.length)}: ${detail.values.map((value) => `"${value}"`).join(' and ')}.`;
      case 'other value':
        return `${name} was sent twice, and its other value is the signed one.`;
      case 'both values':
        return `${name} was sent twice, and both values are signed.`;
    }
  },
  fixes: (evidence) => {
    const { scheme } = evidence;
    const header =
      [...singleHeaders(evidence)].find((name) => headerValues(evidence.message.headers, name).length > 1) ??
      scheme.authorization.header;
    return sentHeaderFixes(scheme, header, ownSignedHeaders(evidence), {
      javascript: 'one entry for each name; mind the other spelling of it',
      python: 'one entry for each name; mind the other spelling of it',
      java: 'setHeader, not header, which adds',
      php: 'one entry for each name',
      go: 'Set, not Add',
      ruby: 'not add_field',
      bash: 'one -H for each name',
      powershell: 'one entry for each name',
      postman: 'upsert, not add',
    });
  },
};

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}

/** A second date that says something else than the one that is signed. */
function* otherDates({ message, date, scheme }: Evidence): Generator<string> {
  for (const name of scheme.date?.headers ?? []) {
    const other = headerValue(message.headers, name);
    if (date && name !== date.header && other !== undefined && other !== date.text)
      yield `The header ${name} says "${other}", and the date that counts is "${date.text}" in ${date.header}.`;
  }
}

const noValues = { date: '', contentHash: '' };

/** Headers that may be there once. Where each request lists what it signs, repeated ones are joined. */
function singleHeaders({ scheme, authorization, message }: Evidence): Set<string> {
  const names = new Set([scheme.authorization.header, ...(scheme.date?.headers ?? [])]);
  const { keyHeader } = scheme.authorization;
  if (keyHeader) names.add(keyHeader.header);
  if (scheme.contentHash?.header !== undefined) names.add(scheme.contentHash.header);
  for (const { source } of scheme.parts) {
    if (source.from === 'host') names.add('host');
    if (source.from === 'header') names.add(source.header);
    const row = rowOf(source);
    if (row.takesRepeats) continue;
    for (const name of row.headersOf?.(source, message, noValues) ?? []) names.add(name);
  }
  for (const name of authorization?.fields.signedHeaders?.toLowerCase().split(';') ?? []) names.add(name);
  return names;
}

function partOf({ scheme, date }: Evidence, name: string): string {
  const part = scheme.parts.find(
    ({ source }) =>
      (source.from === 'header' && source.header === name) ||
      source.from === name ||
      (source.from === 'date' && date?.header === name) ||
      (source.from === 'content-hash' && scheme.contentHash?.header === name),
  );
  return part?.name ?? (name === scheme.authorization.header ? 'authorization' : name);
}
