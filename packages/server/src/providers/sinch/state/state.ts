import type { CallState } from './call-state.ts';
import type { RoomState } from './room-state.ts';

/** What the provider remembers of one of the engine's calls: a Sinch call, or the room of a conference. */
export type SinchState = CallState | RoomState;
