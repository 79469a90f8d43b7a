import type { CallHeaders } from '../../contract/call-headers.ts';
import type { DialResult } from '../../contract/dial.ts';
import type { Applications } from './accounts/applications.ts';
import type { CallDetails } from './state/call-details.ts';
import { endReasonByFault } from './requests/faults.ts';
import type { OperationParts } from './requests/operation.ts';
import { maxHeaderBytes, pairBytes } from './svaml/fields.ts';

/** How long a caller waits for an answer before it gives up, in milliseconds. Assumed. */
const patienceMs = 120_000;

/**
 * Opens the call of a phone that dials a number; `undefined` when no application has the number.
 *
 * @param headers what the caller sends along; ICE carries them as `callHeaders`
 */
export function placeIncoming(
  from: string,
  to: string,
  applications: Applications,
  { switchboard, newId, fault }: Pick<OperationParts, 'switchboard' | 'newId' | 'fault'>,
  headers: CallHeaders = {},
): DialResult | undefined {
  const applicationKey = applications.ownerOf(to);
  if (applicationKey === undefined) return undefined;
  const callHeaders = Object.entries({ ...headers.sipHeaders, ...headers.voipHeaders }).map(([key, value]) => ({
    key,
    value,
  }));
  if (pairBytes(callHeaders) > maxHeaderBytes) {
    return { ok: false, refused: 'not-accepted', summary: `the headers have more than ${maxHeaderBytes} bytes` };
  }
  const call = newId();
  const leg = `${call}.caller`;
  const failsWith = endReasonByFault(fault);
  const details: CallDetails = {
    kind: 'call',
    origin: 'incoming',
    from,
    to: { type: 'did', endpoint: to },
    domain: 'pstn',
    forwardedHeaders: [],
    callbacks: { ace: true, pie: true, dice: true },
    inline: {},
    ...(callHeaders.length > 0 && { callHeaders }),
    ...(failsWith !== undefined && { failsWith }),
  };
  const opened = switchboard.dispatch(call, {
    type: 'open-call',
    provider: 'sinch',
    account: applicationKey,
    details,
    legs: [
      { leg, party: { kind: 'phone', number: from }, direction: 'inbound', presented: to, ringTimeoutMs: patienceMs },
    ],
  });
  return opened.ok ? { ok: true, call, leg } : { ok: false, refused: 'not-accepted', summary: opened.summary };
}
