import type { Message } from '../message.ts';

/**
 * The parameters of a signature of AWS that stands in the query (a presigned URL), decoded, by their names without `X-Amz-` and
 * in lower case; `undefined` where the query holds no signature.
 */
export function presignedParameters({ target }: Pick<Message, 'target'>): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of target.matchAll(/[?&]X-Amz-([\w-]+)=([^&#]*)/gi))
    found.set(name.toLowerCase(), decoded(value));
  return found.has('signature') && found.has('credential') ? found : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
