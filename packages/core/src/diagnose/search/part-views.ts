import { bytesOf } from '../../canonical/byte-encoding.ts';
import { rowOf } from '../../parts/sources.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';

/** A part seen as one of another source, which classes of mistakes know, and what a value of that makes of the part. */
export interface PartView {
  readonly slot: Slot;
  readonly whole: (value: string | Uint8Array) => string | Uint8Array;
}

/** A part as it is, and what it is made of: an absolute URL is a text as it was configured, a host and a target. */
export function viewsOf(slot: Slot): PartView[] {
  const { source, value } = slot;
  const own: PartView = { slot, whole: (changed) => changed };
  if ((source.from !== 'url' && source.from !== 'url-with-hash') || typeof value !== 'string') return [own];
  const [, scheme = '', host = '', target = ''] = /^([a-z]+:\/\/)([^/]*)(.*)$/is.exec(value) ?? [];
  if (host === '') return [own];
  const piece = (text: string, from: Slot['source'], before: string, after: string): PartView => ({
    slot: { ...slot, source: from, value: text },
    // An absolute URL is no mistake of a part that is one.
    whole: (changed) =>
      typeof changed !== 'string' || (from.from !== 'literal' && /^(?:https?|wss?):\/\//i.test(changed))
        ? value
        : before + changed + after,
  });
  return [
    own,
    piece(value, { from: 'literal', text: value }, '', ''),
    piece(target, { from: 'target', form: 'as-sent' }, scheme + host, ''),
    piece(host, { from: 'host' }, scheme, target),
  ];
}

/** Whether a part is made of a form's fields. */
export function isOfForm({ source }: Slot): boolean {
  return (
    source.from === 'form' ||
    source.from === 'query-and-form' ||
    (source.from === 'parameters' && source.in !== 'query')
  );
}

/** What such a part is where the body is another one. */
export function formValue(
  { source }: Slot,
  { message, date, host }: Evidence,
  body: string | Uint8Array,
): string | Uint8Array | undefined {
  const values = { date: date?.text ?? '', contentHash: '', furtherHeaders: [], host: host ?? '', body: '' };
  return rowOf(source).received?.(source, { ...message, body: bytesOf(body) }, values);
}
