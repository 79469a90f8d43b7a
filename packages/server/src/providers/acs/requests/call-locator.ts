import type { AcsAccount } from '../accounts/account.ts';
import type { Call } from '../../../engine/call.ts';
import type { AcsContext } from './context.ts';
import type { AcsCallDetails } from '../state/call-state.ts';
import { callOfServerCallId } from '../protocol/derived-ids.ts';
import { acsError } from '../protocol/errors.ts';
import { dispatch } from './find-call.ts';
import { lookupKey } from '../state/index-of.ts';
import type { CallLocator } from '../schemas/call-options.ts';

/**
 * The call that a locator stands for, for an application that wants to connect to it. A group call or a room exists as
 * soon as somebody is told to meet in it: here, the first application to connect.
 */
export function findOrOpenCall(locator: CallLocator, account: AcsAccount, acs: AcsContext): Call {
  const { groupCallId, roomId } = locator;
  if (locate(locator, account, acs) !== undefined || (groupCallId === undefined && roomId === undefined)) {
    return findLocatedCall(locator, account, acs);
  }
  const details: AcsCallDetails =
    groupCallId === undefined ? { ...(roomId !== undefined && { roomId }) } : { groupCallId };
  const opening = { type: 'open-call', provider: 'acs', account: account.resourceId, details, legs: [] } as const;
  return dispatch(acs, acs.newId(), opening).call;
}

/**
 * The call that a locator stands for.
 *
 * @throws AcsError 400/8523 for a locator without its id, 404/8522 when there is no such call of this account.
 */
export function findLocatedCall(locator: CallLocator, account: AcsAccount, acs: AcsContext): Call {
  const call = locate(locator, account, acs);
  if (typeof call !== 'object' || call.endedAtMs !== undefined || call.account !== account.resourceId) {
    throw acsError('call-not-found');
  }
  return call;
}

function locate(locator: CallLocator, account: AcsAccount, acs: AcsContext): Call | 'gone' | undefined {
  const { serverCallId, groupCallId, roomId } = locator;
  const given = [serverCallId, groupCallId, roomId].filter((id) => id !== undefined);
  if (given.length !== 1) {
    throw acsError('invalid-argument', {
      message: 'The field callLocator must have one of serverCallId, groupCallId and roomId.',
      target: 'callLocator',
    });
  }
  if (serverCallId !== undefined) {
    const id = callOfServerCallId(serverCallId);
    return id === undefined ? undefined : acs.switchboard.call(id);
  }
  const { resourceId } = account;
  const call = acs.switchboard.callBy(
    groupCallId === undefined ? lookupKey.room(resourceId, roomId ?? '') : lookupKey.groupCall(resourceId, groupCallId),
  );
  return typeof call === 'object' && call.endedAtMs !== undefined ? undefined : call;
}
