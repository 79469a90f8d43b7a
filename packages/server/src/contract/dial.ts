import type { CallId, LegId } from '../engine/call.ts';

/** What came of dialing a number. */
export type DialResult =
  | { readonly ok: true; readonly call: CallId; readonly leg: LegId }
  | { readonly ok: false; readonly refused: 'number-not-found' | 'not-accepted'; readonly summary: string };
