import { splitUrl, type Message } from './message.ts';
import { checkText } from './option-checks.ts';

/** Where senders address their requests to. */
export interface PublicPlace {
  readonly authority: string;
  /** What a proxy cuts off the front of every path; empty where it cuts nothing. */
  readonly prefix: string;
}

const wanted = 'an http(s) URL without user name, query and fragment, such as https://example.com/hooks';

/**
 * Reads the option `publicUrl`; `undefined` when it is left out.
 *
 * @throws TypeError when it is set and no such URL
 */
export function publicPlace({ publicUrl }: { readonly publicUrl?: string | undefined }): PublicPlace | undefined {
  if (publicUrl === undefined) return undefined;
  checkText('publicUrl', publicUrl, wanted);
  if (!/^https?:\/\/[^/?#@\s\\]+(?:\/[^?#\s]*)?$/i.test(publicUrl) || !URL.canParse(publicUrl)) {
    // What stands in front of an "@" may be a password.
    const given = publicUrl.includes('@') ? 'this one has a user name' : `not ${JSON.stringify(publicUrl)}`;
    throw new TypeError(`publicUrl must be ${wanted}; ${given}`);
  }
  const { authority = '', target } = splitUrl(publicUrl);
  return { authority, prefix: target.replace(/\/$/, '') };
}

/** The message as its sender addressed it. A target that is no path cannot have lost a prefix. */
export function atPlace(received: Message, place: PublicPlace | undefined): Message {
  if (!place) return received;
  const headers = received.headers.filter(([name]) => name.toLowerCase() !== 'host');
  return {
    ...received,
    target: received.target.startsWith('/') ? place.prefix + received.target : received.target,
    headers: [['Host', place.authority], ...headers],
  };
}
