import { utf8 } from './canonical/byte-encoding.ts';
import { concatBytes } from './canonical/concat-bytes.ts';
import { isForm } from './canonical/parameters.ts';
import type { Header, Message } from './message.ts';
import type { Signature } from './sign.ts';

/**
 * The message with what signing adds: headers replace those of the same name, parameters are added to the query; the last
 * one, the signature, goes to the form where the body is one.
 */
export function signedMessage(
  message: Message,
  { headers, parameters }: Pick<Signature, 'headers' | 'parameters'>,
): Message {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const kept = message.headers.filter(([name]) => !names.has(name.toLowerCase()));
  let signed: Message = { ...message, headers: [...kept, ...headers] };
  for (const parameter of parameters) signed = withParameter(signed, parameter);
  return signed;
}

function withParameter(message: Message, [name, value]: Header): Message {
  const pair = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  const { body, target, headers } = message;
  if (isForm(headers) && body instanceof Uint8Array && body.length > 0) {
    return { ...message, body: concatBytes([body, utf8.encode(`&${pair}`)]) };
  }
  return { ...message, target: `${target}${target.includes('?') ? '&' : '?'}${pair}` };
}
