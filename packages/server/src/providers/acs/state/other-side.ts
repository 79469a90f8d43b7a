import type { CallId, LegId } from '../../../engine/call.ts';
import type { LegPlace } from './call-state.ts';
import { derivedUuid } from '../protocol/derived-ids.ts';

/** Where the application that is called by a leg has its own side of the call. */
export function otherSideOf(call: CallId, leg: LegId): LegPlace {
  return { call: derivedUuid('other side', call, leg), leg: derivedUuid('other side leg', call, leg) };
}
