import { splitUrl } from '@countersign/core/message';
import { badInput } from '../failure.ts';
import { splitAbsolute } from './prepare-request.ts';

/** Where a request of that URL and method goes, as it can be both signed and sent. */
export function endpointUrl(url: string, method: string): { readonly protocol: string; readonly authority: string } {
  const place = splitAbsolute(url);
  const { target } = splitUrl(url);
  if (/[^\x21-\x7e]/.test(target)) {
    throw badInput('usage/url', `the target ${target} is not ASCII; percent-encode it to send it`);
  }
  if (method !== method.toUpperCase()) {
    throw badInput('usage/method', `the method "${method}" can be signed, but it is always sent in upper case`);
  }
  return place;
}
