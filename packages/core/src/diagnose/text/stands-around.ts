import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { Data } from '../../digest/algorithms.ts';

/** What stands in `whole` between `head` and `tail`; `undefined` when they are not its two ends. Text stands for its UTF-8 bytes. */
export function standsBetween(whole: Data, head: Data, tail: Data): Data | undefined {
  if (typeof whole === 'string' && typeof head === 'string' && typeof tail === 'string') {
    const isAround = whole.length >= head.length + tail.length && whole.startsWith(head) && whole.endsWith(tail);
    return isAround ? whole.slice(head.length, whole.length - tail.length) : undefined;
  }
  const [all, first, last] = [bytesOf(whole), bytesOf(head), bytesOf(tail)];
  const end = all.length - last.length;
  const isAround =
    end >= first.length &&
    first.every((byte, at) => all[at] === byte) &&
    last.every((byte, at) => all[end + at] === byte);
  return isAround ? all.subarray(first.length, end) : undefined;
}
