import type { AcsAccount } from '../../accounts.ts';
import type { Call } from '../../engine/call.ts';
import type { AcsContext } from './acs-context.ts';
import { callOfServerCallId } from './derived-ids.ts';
import { acsError } from './errors.ts';
import { stateOf } from './find-call.ts';
import type { CallLocator } from './schemas/call-options.ts';

/**
 * The call that a locator stands for.
 *
 * @throws AcsError 400/8523 for a locator without its id, 404/8522 when there is no such call of this account.
 */
export function findLocatedCall(locator: CallLocator, account: AcsAccount, acs: AcsContext): Call {
  const call = locate(locator, acs);
  if (typeof call !== 'object' || call.endedAtMs !== undefined || call.account !== account.resourceId) {
    throw acsError('call-not-found');
  }
  return call;
}

function locate(locator: CallLocator, acs: AcsContext): Call | 'gone' | undefined {
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
  return acs.switchboard.calls().find((call) => {
    if (call.provider !== 'acs' || call.endedAtMs !== undefined) return false;
    const { details } = stateOf(call.id, acs);
    return groupCallId === undefined ? details.roomId === roomId : details.groupCallId === groupCallId;
  });
}
