import { hash as digest } from 'node:crypto';

/**
 * A UUID made from names, the same every time. What follows from a call's events needs ids, and taking them from the
 * events keeps the provider a function of the call's history.
 */
export function derivedUuid(...names: readonly (string | number)[]): string {
  return uuidOf(digest('sha256', JSON.stringify(names)), 0);
}

/** A UUID (version 8: custom) of 32 of the hex digits of a digest. */
function uuidOf(hex: string, from: number): string {
  const part = (begin: number, end: number): string => hex.slice(from + begin, from + end);
  const variant = ((Number.parseInt(part(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${part(0, 8)}-${part(8, 12)}-8${part(13, 16)}-${variant}${part(17, 20)}-${part(20, 32)}`;
}

let latest = { connectionId: '', digest: '', correlationId: '' };

/** What is derived of one connection is asked for in a row: an answer and its header, an event and its body. */
function derivedOf(connectionId: string): typeof latest {
  if (latest.connectionId !== connectionId) {
    const hex = digest('sha256', `connection ${connectionId}`);
    latest = { connectionId, digest: hex, correlationId: uuidOf(hex, 0) };
  }
  return latest;
}

/** The correlation id of a connection: Azure's `correlationId`, and the `X-Microsoft-Skype-Chain-ID` of its requests. */
export function correlationIdOf(connectionId: string): string {
  return derivedOf(connectionId).correlationId;
}

const conversationHost = 'https://conversation.countersign.localhost/conv/';

/** The server call id of a call: the base64 text of a conversation's address, as Azure shapes it. */
export function serverCallIdOf(callId: string): string {
  return Buffer.from(`${conversationHost}${callId}`).toString('base64');
}

/** The call that a server call id stands for; `undefined` when this server never gave such an id. */
export function callOfServerCallId(serverCallId: string): string | undefined {
  const address = Buffer.from(serverCallId, 'base64').toString();
  return address.startsWith(conversationHost) ? address.slice(conversationHost.length) : undefined;
}

/** The user that stands for an application in its calls: `8:acs:<resource>_<user>`. */
export function applicationIdentity(resourceId: string, connectionId: string): string {
  return `8:acs:${resourceId}_${uuidOf(derivedOf(connectionId).digest, 32)}`;
}
