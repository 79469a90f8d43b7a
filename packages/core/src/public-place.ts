import type { Message } from './message.ts';
import { checkText } from './option-checks.ts';

/** Where senders address their requests to. */
export interface PublicPlace {
  /** Scheme and authority. */
  readonly origin: string;
  readonly authority: string;
  /** What a proxy cuts off the front of every path; empty where it cuts nothing. */
  readonly prefix: string;
}

const wanted = 'an http(s) URL without user name, query and fragment, such as https://example.com/hooks';

/** A URL, or a function that finds it out of what was received, for servers that are known under several. */
export type PublicUrl = string | ((received: Omit<Message, 'body'>) => string);

/** Finds out where the sender of a message addressed it to. */
export type FindPlace = (received: Omit<Message, 'body'>) => PublicPlace | undefined;

/**
 * Reads the option `publicUrl`. A text is checked now, what a function returns each time.
 *
 * @throws TypeError when it is set and neither such a URL nor a function; when called, where the function returns none
 */
export function publicPlace({ publicUrl }: { readonly publicUrl?: PublicUrl | undefined }): FindPlace {
  if (typeof publicUrl === 'function') return (received) => placeOf(publicUrl(received), 'publicUrl()');
  const place = publicUrl === undefined ? undefined : placeOf(publicUrl, 'publicUrl');
  return () => place;
}

function placeOf(publicUrl: string, name: string): PublicPlace {
  checkText(name, publicUrl, wanted);
  if (!/^(?:http|ws)s?:\/\/[^/?#@\s\\]+(?:\/[^?#\s]*)?$/i.test(publicUrl) || !URL.canParse(publicUrl)) {
    // What stands in front of an "@" may be a password.
    const given = publicUrl.includes('@') ? 'this one has a user name' : `not ${JSON.stringify(publicUrl)}`;
    throw new TypeError(`${name} must be ${wanted}; ${given}`);
  }
  const [, origin = '', authority = '', path = ''] = /^([^:]+:\/\/([^/]+))(.*)$/.exec(publicUrl) ?? [];
  return { origin, authority, prefix: path.replace(/\/$/, '') };
}

/** The message as its sender addressed it. A target that is no path cannot have lost a prefix. */
export function atPlace(received: Message, findPlace: FindPlace): Message {
  const place = findPlace(received);
  if (!place) return received;
  const headers = received.headers.filter(([name]) => name.toLowerCase() !== 'host');
  return {
    ...received,
    origin: place.origin,
    target: received.target.startsWith('/') ? place.prefix + received.target : received.target,
    headers: [['Host', place.authority], ...headers],
  };
}
