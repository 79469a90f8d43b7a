import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { Data } from '../../digest/algorithms.ts';

/** Whether `whole` begins with `head` and ends with `tail`, and has room for both. Text stands for its UTF-8 bytes. */
export function standsAround(whole: Data, head: Data, tail: Data): boolean {
  if (typeof whole === 'string' && typeof head === 'string' && typeof tail === 'string')
    return whole.length >= head.length + tail.length && whole.startsWith(head) && whole.endsWith(tail);
  const [all, first, last] = [bytesOf(whole), bytesOf(head), bytesOf(tail)];
  const room = all.length - first.length - last.length;
  return (
    room >= 0 &&
    first.every((byte, at) => all[at] === byte) &&
    last.every((byte, at) => all[all.length - last.length + at] === byte)
  );
}
