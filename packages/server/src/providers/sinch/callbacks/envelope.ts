import type { CallState } from '../state/call-state.ts';
import type { Due } from '../state/due.ts';

/** A callback's time: ISO 8601 in UTC, whole seconds. */
export function callbackTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

/**
 * A callback's body: the fields of every callback, then the event's own. The call's id is `callid` on the wire, in lower
 * case, whatever the documentation's samples print.
 *
 * @param serverUrl what addresses of this server begin with
 */
export function callbackBody(
  due: Extract<Due, { kind: 'callback' }>,
  state: CallState,
  atMs: number,
  serverUrl: string,
): string {
  const { custom } = state.details;
  const hasCookies = Object.keys(state.cookies).length > 0;
  return JSON.stringify({
    event: due.event,
    callid: state.callId,
    ...(due.event === 'ice' && { callResourceUrl: `${serverUrl}/calling/v1/calls/id/${state.callId}` }),
    ...(state.membership !== undefined && { conferenceId: state.membership.conferenceId }),
    timestamp: callbackTime(atMs),
    version: 1,
    ...(custom !== undefined && { custom }),
    ...(state.details.to?.type === 'username' && { user: state.details.to.endpoint }),
    ...(hasCookies && { cookies: state.cookies }),
    ...due.fields,
    ...destinationHere(due.fields, serverUrl),
    applicationKey: state.applicationKey,
  });
}

/** A destination that is a path is one of this server. */
function destinationHere(
  { destination }: Readonly<Record<string, unknown>>,
  serverUrl: string,
): { readonly destination?: string } {
  return typeof destination === 'string' && destination.startsWith('/') ? { destination: serverUrl + destination } : {};
}
