import { presignedParameters } from '../../canonical/presigned.ts';
import { headerValue, type Header, type Message } from '../../message.ts';
import type { CanonicalPathSource } from '../../parts/canonical-uri.ts';
import { sourceFrom } from '../../parts/source-from.ts';
import type { Scheme } from '../../scheme.ts';
import { hashHeaderOf } from './declared-signature.ts';

/** A request whose signature stands in its query, read as one that has it in its headers, with the same string to sign. */
export interface Presigned {
  readonly message: Message;
  /** The scheme with the time for which the URL is good. */
  readonly scheme: Scheme;
}

/** `undefined` where the signature stands in a header, or there is none. */
export function readPresigned(scheme: Scheme, message: Message): Presigned | undefined {
  const { date, key, authorization } = scheme;
  const path = sourceFrom<CanonicalPathSource>(scheme.parts, 'canonical-path');
  const parameters = presignedParameters(message);
  if (!key.derived || !date || !path || !parameters) return undefined;
  if (headerValue(message.headers, authorization.header) !== undefined) return undefined;
  const of = (name: string): string => parameters.get(name) ?? '';
  const value = authorization.template
    .replace(/^\S+/, () => of('algorithm') || (key.derived?.algorithm ?? ''))
    .replace('{keyId}/{scope}', () => of('credential'))
    .replace('{headers}', () => of('signedheaders'))
    .replace('{signature}', () => of('signature'));
  const headers: Header[] = [...message.headers, [authorization.header, value]];
  const [dateHeader = ''] = date.headers;
  if (headerValue(headers, dateHeader) === undefined) headers.push([dateHeader, of('date')]);
  const hashHeader = hashHeaderOf(scheme);
  const signsOnce = path.onceFor.includes(of('credential').split('/')[3] ?? '');
  if (signsOnce && hashHeader !== undefined && headerValue(headers, hashHeader) === undefined)
    headers.push([hashHeader, 'UNSIGNED-PAYLOAD']);
  const seconds = Number(of('expires'));
  return {
    message: { ...message, target: withoutSignature(message.target), headers },
    scheme: seconds > 0 ? { ...scheme, date: { ...date, toleranceSeconds: seconds } } : scheme,
  };
}

/** Whether it is such a request, read so. */
export function isPresigned(scheme: Scheme, { target }: Pick<Message, 'target'>): boolean {
  return scheme.key.derived !== undefined && /[?&]X-Amz-Credential=/i.test(target);
}

/** The signature itself is not signed. */
function withoutSignature(target: string): string {
  const question = target.indexOf('?');
  const kept = target
    .slice(question + 1)
    .split('&')
    .filter((pair) => !/^X-Amz-Signature=/i.test(pair));
  return `${target.slice(0, question)}?${kept.join('&')}`;
}
