import { Readable } from 'node:stream';
import { timelineOf } from '../audio/call-audio.ts';
import { SAMPLE_RATE } from '../audio/pcm.ts';
import { renderRange } from '../audio/timeline.ts';
import { wavHeader, wavSamples } from '../audio/wav.ts';
import { bounds } from '../bounded/bounds.ts';
import type { CallId, Leg, LegId } from '../engine/call.ts';
import { byId } from '../engine/keyed.ts';
import type { ControlParts } from './control-parts.ts';
import { lengthOf, startOf } from './leg-audio.ts';

/** How often a piece is sent, in wall-clock milliseconds. */
const pieceMs = 200;
/** What a listener may leave unread; half of it, eight seconds, is the longest stretch that it gets at a time. */
const maxUnreadBytes = bounds['live-listeners'].bytes / bounds['live-listeners'].items;
const maxPieceMs = Math.floor(maxUnreadBytes / ((SAMPLE_RATE * 2) / 1000) / 2);
/** The frames that the header promises: about nine hours. The stream ends with the leg, whatever was promised. */
const promisedFrames = 0x1fff_0000;

/**
 * What a leg hears, as a WAV that goes on as long as the leg does. It starts with what is heard now, follows the call
 * clock, and sends nothing while a virtual clock stands still.
 */
export function streamLeg(parts: ControlParts, call: CallId, leg: LegId): Readable {
  const { switchboard, clock, media } = parts;
  const current = (): Leg | undefined => {
    const found = switchboard.call(call);
    return found instanceof Object ? byId(found.legs, leg) : undefined;
  };
  const first = current();
  let sentMs = first ? lengthOf(first, clock.now()) : 0;
  let answeredAtMs = first && startOf(first);
  const stream = new Readable({
    read() {},
    destroy(error, done) {
      clearInterval(timer);
      done(error);
    },
  });
  stream.push(wavHeader(promisedFrames));
  const timer = setInterval(() => {
    const now = current();
    if (!now) {
      stream.push(null);
      return;
    }
    // A leg that was ringing begins again with its answer.
    const originMs = startOf(now);
    if (originMs !== answeredAtMs) {
      answeredAtMs = originMs;
      sentMs = 0;
    }
    const lengthMs = lengthOf(now, clock.now());
    // A listener that takes nothing misses what passes meanwhile, as on a real line.
    // The same applies when a virtual clock jumps.
    if (lengthMs > sentMs && stream.readableLength < maxUnreadBytes / 2) {
      const fromMs = Math.max(sentMs, lengthMs - maxPieceMs);
      // Only what sounds in this stretch is rendered: the leg may have hours of audio.
      const entries = timelineOf(now.heard.during(originMs + fromMs, originMs + lengthMs), originMs);
      stream.push(wavSamples([renderRange(entries, fromMs, lengthMs, media)]));
    }
    sentMs = Math.max(sentMs, lengthMs);
    if (now.endedAtMs !== undefined) stream.push(null);
  }, pieceMs);
  timer.unref();
  return stream;
}
