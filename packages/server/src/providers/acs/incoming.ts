import type { CallHeaders } from '../../contract/call-headers.ts';
import type { DialResult } from '../../contract/dial.ts';
import type { AcsContext } from './requests/context.ts';
import type { AcsCallDetails } from './state/call-state.ts';
import { customContextOf } from './requests/custom-context.ts';
import { ringTimeoutMs } from './requests/ring-timeout.ts';

/**
 * A phone dials a number or user of an ACS resource: the call rings, and Event Grid announces it to the application.
 *
 * @param from the caller's number, or the raw id of a user
 * @param to the dialed number, or the raw id of a user
 * @param headers what the caller sends along; the event carries them as `customContext`
 * @returns `undefined` when that belongs to no ACS resource
 */
export function takeIncomingCall(
  from: string,
  to: string,
  headers: CallHeaders | undefined,
  acs: AcsContext,
): DialResult | undefined {
  const account = acs.endpoints.accountOf(to.startsWith('+') ? `4:${to}` : to);
  if (!account) return undefined;
  const call = acs.newId();
  const leg = acs.newId();
  const details: AcsCallDetails = customContextOf(headers);
  const result = acs.switchboard.dispatch(call, {
    type: 'open-call',
    provider: 'acs',
    account: account.resourceId,
    details,
    legs: [
      {
        leg,
        party: from.startsWith('+') ? { kind: 'phone', number: from } : { kind: 'user', id: from },
        direction: 'inbound',
        presented: to,
        ringTimeoutMs: ringTimeoutMs(),
      },
    ],
  });
  return result.ok ? { ok: true, call, leg } : { ok: false, refused: 'not-accepted', summary: result.summary };
}
