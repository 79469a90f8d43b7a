import type { AcsAccount } from '../accounts/account.ts';
import type { Call, Recording } from '../../../engine/call.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsContext } from '../requests/context.ts';
import { existsIn, type ApiVersion } from '../protocol/api-versions.ts';
import { acsError } from '../protocol/errors.ts';
import { lookupKey } from '../state/index-of.ts';
import type { OperationRequest } from '../requests/operation.ts';

/** `RecordingStateResponse`. A recording that is paused or stopped is `inactive`. */
export function recordingState(
  recordingId: string,
  state: Recording['state'],
  version: ApiVersion,
): Readonly<Record<string, unknown>> {
  return {
    recordingId,
    recordingState: state === 'active' ? 'active' : 'inactive',
    ...(existsIn(version, '2024-04-15') && { recordingKind: 'azureCommunicationServices' }),
  };
}

/**
 * The recording of the request's path, with its call.
 *
 * @throws AcsError 404/8522
 */
export function findRecording(
  request: Pick<OperationRequest<unknown>, 'account' | 'params'>,
  acs: AcsContext,
): { call: Call; recording: Recording } {
  const found = lookUp(request.params['recordingId'] ?? '', request.account, acs);
  if (!found) throw acsError('recording-not-found');
  return found;
}

function lookUp(id: string, account: AcsAccount, acs: AcsContext): { call: Call; recording: Recording } | undefined {
  const call = acs.switchboard.callBy(lookupKey.recording(id));
  const recording = typeof call === 'object' ? byId(call.recordings, id) : undefined;
  return typeof call === 'object' && recording && call.account === account.resourceId ? { call, recording } : undefined;
}
