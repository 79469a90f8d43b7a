import { existsIn, type ApiVersion } from '../protocol/api-versions.ts';
import type { CallParticipant } from '../events/call-events.ts';

/** A participant with the members that a version knows: `isOnHold` came with holding. */
export function participantForVersion(participant: CallParticipant, version: ApiVersion): Partial<CallParticipant> {
  const { isOnHold, ...older } = participant;
  return existsIn(version, '2024-09-15') ? { ...older, isOnHold } : older;
}
