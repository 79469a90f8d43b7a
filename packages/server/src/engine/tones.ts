import type { LegId, ReadyMedia, SendTonesOperation, ToneWatch } from './call.ts';
import { collectTones } from './collect.ts';
import type { Draft } from './draft.ts';
import type { CallFact } from './event.ts';
import { clearOperationTimers, setEngineTimer } from './timers.ts';

/** A party pressed keys: tone watches hear each of them, and what is being collected from it takes them. */
export function pressTones(draft: Draft, leg: LegId, tones: string): void {
  draft.record({ type: 'tones-pressed', leg, tones });
  for (const watch of draft.call.pending.watches) {
    if (watch.leg !== leg) continue;
    [...tones].forEach((tone, index) => {
      draft.record({ type: 'tone-watch-heard', operation: watch.id, tone, count: watch.count + index + 1 });
    });
  }
  collectTones(draft, leg, tones);
}

/** Stops a tone watch. */
export function stopWatch(draft: Draft, watch: ToneWatch, why: 'requested' | 'call-ended'): void {
  draft.record({ type: 'tone-watch-stopped', operation: watch.id, why });
}

/** Asks for the sound of keys that are sent to a party. */
export function requestTones(draft: Draft, operation: string, leg: LegId, tones: string): void {
  draft.record({ type: 'tones-requested', operation, leg, tones });
  draft.record({ type: 'media-wanted', operation, index: 0, prompt: { kind: 'tones', tones } });
}

/** The sound is there: the party hears it from now on. */
export function acceptTonesMedia(draft: Draft, sending: SendTonesOperation, media: ReadyMedia): void {
  if (sending.state !== 'preparing') return;
  const { id: operation, leg, tones } = sending;
  draft.record({ type: 'media-prepared', operation, index: 0, media });
  draft.record({
    type: 'tones-started',
    operation,
    leg,
    entry: { ...media, startedAtMs: draft.atMs, operation, text: tones },
  });
  setEngineTimer(draft, media.durationMs, { kind: 'tones-end', operation });
}

/** The last of the keys has sounded. */
export function completeTones(draft: Draft, { id: operation, leg, tones }: SendTonesOperation): void {
  draft.record({ type: 'tones-sent', operation, leg, tones });
}

/** Sending keys comes to nothing, or stops on the way. */
export function failTones(
  draft: Draft,
  { id: operation, leg }: SendTonesOperation,
  why: Pick<Extract<CallFact, { type: 'tones-failed' }>, 'reason' | 'detail'>,
): void {
  clearOperationTimers(draft, operation);
  draft.record({ type: 'tones-failed', operation, leg, ...why });
}
