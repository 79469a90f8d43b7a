import '../places/carriage.ts';
import type { Piece } from '../diagnose/fixes/concatenation.ts';
import { isForm } from '../canonical/parameters.ts';
import { utf8 } from '../canonical/byte-encoding.ts';
import type { Message } from '../message.ts';
import { partValue } from '../parts/sources.ts';
import { fieldsWriter, type FieldValues } from '../places/writers.ts';
import type { PartRule, Scheme } from '../scheme.ts';
import type { ProgramRequest } from './request-lines.ts';
import { unwritable } from './kit/unwritable.ts';

/** Stands for the key's id, and for the date, while a part is written that holds them. No request can hold it. */
const [anyKeyId, anyDate] = ['\u{f0001}', '\u{f0002}'];

/**
 * A part that only the URL and the headers of this request decide, written out, with variables for what each run makes anew.
 */
export function constantPart(scheme: Scheme, part: PartRule, { message, dateHeader }: ProgramRequest): Piece[] {
  const values = fieldsWriter(scheme)(message, scheme.mac, {
    date: anyDate,
    dateHeader: dateHeader ?? scheme.date?.headers[0],
    contentHash: '',
    keyId: anyKeyId,
  });
  const value = partValue(part, message, values);
  if (typeof value !== 'string') throw unwritable(`the part "${part.name}" of ${scheme.id} is no text`);
  return value
    .split(/(\u{f0001}|\u{f0002})/u)
    .filter((text) => text !== '')
    .map((text) => (text === anyKeyId ? { variable: 'keyId' } : text === anyDate ? { variable: 'date' } : { text }));
}

/** The values of the scheme's own fields beside the signature, by name. */
export function ownFields(scheme: Scheme, message: Message): Readonly<Record<string, string>> {
  const values: FieldValues = { date: anyDate, contentHash: '', keyId: anyKeyId };
  return fieldsWriter(scheme)(message, scheme.mac, values).fields ?? {};
}

/** The request without the headers and parameters that signing makes. */
export function withoutSignature(
  scheme: Scheme,
  { url, message }: ProgramRequest,
): Pick<ProgramRequest, 'url' | 'message'> {
  const { authorization, contentHash, date } = scheme;
  const made = new Set([
    authorization.header,
    authorization.keyHeader?.header,
    contentHash?.header,
    ...(date?.headers ?? []),
  ]);
  const headers = message.headers.filter(([name]) => !made.has(name.toLowerCase()));
  const names = [authorization.parameter, contentHash?.parameter, date?.parameter];
  if (names.every((name) => name === undefined)) return { url, message: { ...message, headers } };
  const without = (text: string): string =>
    text
      .split('&')
      .filter((pair) => !names.includes(pair.split('=', 1)[0]))
      .join('&');
  const withoutQuery = (text: string): string => {
    const [path = '', ...query] = text.split('?');
    const kept = without(query.join('?'));
    return kept === '' ? path : `${path}?${kept}`;
  };
  const body = isForm(headers) ? utf8.encode(without(new TextDecoder().decode(message.body))) : message.body;
  return { url: withoutQuery(url), message: { ...message, headers, target: withoutQuery(message.target), body } };
}
