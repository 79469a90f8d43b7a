import { hash as digest } from 'node:crypto';

/**
 * A UUID made from names, the same every time. What follows from a call's events needs ids, and taking them from the
 * events keeps the provider a function of the call's history.
 */
export function derivedUuid(...names: readonly (string | number)[]): string {
  const hex = digest('sha256', JSON.stringify(names));
  const variant = ((Number.parseInt(hex[16] ?? '', 16) & 0x3) | 0x8).toString(16);
  // Version 8: custom.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

let latest = { connectionId: '', correlationId: '' };

/** The correlation id of a connection: Azure's `correlationId`, and the `X-Microsoft-Skype-Chain-ID` of its requests. */
export function correlationIdOf(connectionId: string): string {
  // An answer and its header, or an event and its body, ask for the same one in a row.
  if (latest.connectionId !== connectionId) {
    latest = { connectionId, correlationId: derivedUuid('correlation', connectionId) };
  }
  return latest.correlationId;
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
  return `8:acs:${resourceId}_${derivedUuid('application', connectionId)}`;
}
