import { readClaims } from '@countersign/core/claims';
import { headerValue, type Message } from '@countersign/core/message';
import { developmentCredential } from '@countersign/core/providers/development-credential';
import { atPlace, publicPlace } from '@countersign/core/receive';
import type { FoundRequest } from '@countersign/core/requests/found-request';
import type { Scheme } from '@countersign/core/scheme';
import { noSecret } from './field-values.ts';
import { givenKeys, type GivenKey } from './given-keys.ts';
import type { Reading } from './reading.ts';
import type { Task } from './work.ts';

/** A task with what its fields stand for. */
export interface Asked {
  readonly task: Task;
  readonly request: FoundRequest;
  readonly scheme: Scheme;
  /** The one that was given, else the one that the request names; empty for none. */
  readonly keyId: string;
  readonly variables: Reading['variables'];
  /** The clock, where one was given. */
  readonly clock: { readonly now?: Date };
  /** @throws Error where no secret was given */
  readonly keys: () => readonly [GivenKey, ...GivenKey[]];
}

/** A task whose scheme is known. */
export function asked(task: Task, request: FoundRequest, scheme: Scheme, { variables }: Reading): Asked {
  const claimed = keyIdOf(task, scheme, request.message);
  const development = developmentOf(task, scheme, request.message, claimed);
  return {
    task,
    request,
    scheme,
    keyId: claimed === '' ? (development?.keyId ?? '') : claimed,
    variables,
    clock: clockOf(task),
    keys: () => {
      if (development)
        return [
          { text: development.secret, name: 'development account', isDevelopment: true },
          ...givenKeys(task).slice(1),
        ];
      if (task.secret === '') throw new Error(noSecret);
      return givenKeys(task);
    },
  };
}

/** The public key of the local server, for a request to it whose key was not given. */
function developmentOf({ secret, keyId }: Task, scheme: Scheme, { headers }: Message, claimedKeyId: string) {
  if (secret !== '') return undefined;
  const host = headerValue(headers, 'host');
  const development = developmentCredential(scheme, { host, ...(claimedKeyId !== '' && { claimedKeyId }) });
  // Whoever names a key of their own has a secret for it.
  return keyId === '' || keyId === development?.keyId ? development : undefined;
}

function keyIdOf({ keyId }: Task, scheme: Scheme, message: Message): string {
  if (keyId !== '') return keyId;
  const read = readClaims(scheme, message);
  return (read.ok && read.claims.keyId) || leniently(message);
}

/** What diagnosis takes as key id where the request is not of the scheme's grammar. */
function leniently({ headers }: Message): string {
  return /^application\s+([^:\s]+):/i.exec(headerValue(headers, 'authorization') ?? '')?.[1] ?? '';
}

/** The clock that was given. */
export function clockOf({ nowMs }: Task): { readonly now?: Date } {
  return nowMs === undefined ? {} : { now: new Date(nowMs) };
}

/** The request as its sender addressed it. @throws Error where the public URL is none */
export function atPublicUrl(message: Message, { publicUrl = '' }: Task): Message {
  const url = publicUrlOf(publicUrl);
  if (url === undefined) return message;
  try {
    return atPlace(message, publicPlace({ publicUrl: url }));
  } catch (error) {
    throw new Error(`Public URL: ${(error as Error).message}`, { cause: error });
  }
}

/** For diagnosis, which tries them. @throws Error where the public URL is none */
export function publicAddresses({ publicUrl = '' }: Task): {
  publicUrls?: readonly string[];
  publicHosts?: readonly string[];
} {
  const url = publicUrlOf(publicUrl);
  if (url === undefined) return {};
  const { host } = new URL(url);
  // That of the URL as it is written is tried anyway; this one is without a port that goes without saying.
  const isAsWritten = url.toLowerCase().split(/[/?]/)[2] === host;
  return { publicUrls: [url], ...(!isAsWritten && { publicHosts: [host] }) };
}

function publicUrlOf(text: string): string | undefined {
  const url = text.trim();
  if (url === '') return undefined;
  if (/^https?:\/\/[^/?#@\s]+(?:[/?][^#\s]*)?$/i.test(url) && URL.canParse(url)) return url;
  throw new Error(
    'The public URL is not an http(s) URL without user name and fragment, such as https://example.com/hooks.',
  );
}
