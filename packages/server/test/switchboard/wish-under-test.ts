import { AwaitedMedia } from '../../src/switchboard/awaited-media.ts';

/** Audio that a call waits for, and what has the call give it up. */
export function wish(line = 'call 1') {
  const media = new AwaitedMedia();
  const wanted = media.begin(line, 'op');
  return { wanted, giveUp: () => media.follow({ call: line, seq: 1, atMs: 0, type: 'call-ended', cause: 'hung-up' }) };
}
