import { originOf } from './origin.ts';
import { targetForm } from '../canonical/request-target.ts';
import { CountersignError, type Refusal } from '../errors.ts';
import { headerValue, type Message } from '../message.ts';
import { writers } from '../places/writers.ts';
import { words } from '../rule-members.ts';
import { provideReader } from './readers.ts';
import { sourceFrom } from './source-from.ts';
import type { SourceRow } from './source.ts';

/**
 * What a token is good for: the percent-encoded URL that stands beside the signature, under a field of its template. Signing
 * takes it from the option `fields`, else it is the URL of the request without its query.
 */
export interface ResourceSource {
  readonly from: 'resource';
  /** The field's name in the template. */
  readonly field: string;
}

provideReader<ResourceSource>('resource', ({ field }, _, { fields }) => fields?.[field] ?? '', 'header/malformed');

const { fields: otherFields } = writers;

writers.fields = (scheme) => {
  const source = sourceFrom<ResourceSource>(scheme.parts, 'resource');
  if (!source) return otherFields(scheme);
  const { field } = source;
  return (message, _mac, values) => ({
    ...values,
    fields: { ...values.fields, [field]: values.fields?.[field] ?? resourceOf(message) },
  });
};

function resourceOf(message: Message): string {
  try {
    return encodeURIComponent(originOf(message) + targetForm(message.target, 'path'));
  } catch {
    throw new CountersignError('target/malformed', 'the URL that a token would be made for is no UTF-8');
  }
}

/** A token is good for its resource and all below it. Its scheme is that of the protocol it was made for. */
function checkResource({ field }: ResourceSource, message: Message, resource: string): Refusal | undefined {
  const refuse = (problem: string): Refusal => ({ code: 'signature/mismatch', summary: `the ${field} ${problem}` });
  let url: string;
  try {
    url = decodeURIComponent(resource);
  } catch {
    return refuse('that was signed is not percent-encoded');
  }
  const [, authority = '', path = ''] = /^[a-z]+:\/\/([^/]+)(.*)$/i.exec(url) ?? [];
  const host = (text: string): string => text.replace(/:\d*$/, '').toLowerCase();
  const requested = targetForm(message.target, 'path').toLowerCase();
  const wanted = path.replace(/\/$/, '').toLowerCase();
  if (host(authority) !== host(headerValue(message.headers, 'host') ?? '')) return refuse(`is ${url}, on another host`);
  if (requested === wanted || requested.startsWith(`${wanted}/`)) return undefined;
  return refuse(`is ${url}, and the request is for something else`);
}

/** All that is to be known of it. */
export const resource: SourceRow<ResourceSource> = {
  members: { field: words },
  holds: () => /[^\n\r\0]/,
  words: ({ field }) => `the field ${field} beside the signature, a percent-encoded URL`,
  signs: () => ['resource', 'target', 'path', 'host', 'URL'],
  fieldsOf: ({ field }) => [field],
  check: (source, message, values) => checkResource(source, message, values.fields?.[source.field] ?? ''),
};
