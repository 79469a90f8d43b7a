import type { Call, LegId, OperationId } from '../../../engine/call.ts';
import { object } from '../../../json-schema/schema.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { operationCallbackUri, operationContext } from './call-options.ts';
import { identifier } from './identifier.ts';

/** `ContinuousDtmfRecognitionRequest`, which starts and stops. */
export const continuousDtmfBody = bodyDecoder(
  object({ targetParticipant: identifier, operationContext, operationCallbackUri }),
);

/** The recognition that is under way on a leg. */
export function watchOf(call: Call, leg: LegId): OperationId | undefined {
  return call.pending.watches.find((watch) => watch.leg === leg)?.id;
}
