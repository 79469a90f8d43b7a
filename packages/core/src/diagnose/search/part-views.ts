import { bytesOf } from '../../canonical/byte-encoding.ts';
import { rowOf } from '../../parts/sources.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import { decodePercent, encodeComponent } from '../text/percent-encoding.ts';
import { splitTarget } from '../text/target-text.ts';

/** A part seen as one of another source, which classes of mistakes know, and what a value of that makes of the part. */
export interface PartView {
  readonly slot: Slot;
  readonly whole: (value: string | Uint8Array) => string | Uint8Array;
}

/**
 * A part as it is, and what it is made of: an absolute URL is a text as it was configured, a host and a target; a canonical
 * resource is the target that it is made of; canonical headers hold the date.
 */
export function viewsOf(slot: Slot, evidence: Evidence): PartView[] {
  const { source, value } = slot;
  const own: PartView = { slot, whole: (changed) => changed };
  if (typeof value !== 'string') return [own];
  switch (source.from) {
    case 'url':
    case 'url-with-hash':
      return [own, ...urlViews(slot, value)];
    case 'resource':
      return [own, ...encodedUrlViews(slot, value)];
    case 'canonical-resource':
      return [own, ...resourceViews(slot, value, evidence)];
    case 'canonical-headers':
      return [own, ...dateViews(slot, value, evidence)];
    default:
      return [own];
  }
}

function urlViews(slot: Slot, value: string): PartView[] {
  const [, scheme = '', host = '', target = ''] = /^([a-z]+:\/\/)([^/]*)(.*)$/is.exec(value) ?? [];
  if (host === '') return [];
  const piece = (text: string, from: Slot['source'], before: string, after: string): PartView => ({
    slot: { ...slot, source: from, value: text },
    // An absolute URL is no mistake of a part that is one.
    whole: (changed) =>
      typeof changed !== 'string' || (from.from !== 'literal' && /^(?:https?|wss?):\/\//i.test(changed))
        ? value
        : before + changed + after,
  });
  return [
    piece(value, { from: 'literal', text: value }, '', ''),
    piece(target, { from: 'target', form: 'as-sent' }, scheme + host, ''),
    piece(host, { from: 'host' }, scheme, target),
  ];
}

/** Of a percent-encoded URL those of the URL, encoded again. */
function encodedUrlViews(slot: Slot, value: string): PartView[] {
  const url = decodePercent(value);
  return urlViews(slot, url).map((view) => ({
    ...view,
    whole: (changed) => {
      const whole = view.whole(changed);
      return typeof whole === 'string' ? encodeComponent(whole) : whole;
    },
  }));
}

/** The path in a canonical resource, and the target whose query it has in its lines. */
function resourceViews(slot: Slot, value: string, evidence: Evidence): PartView[] {
  const { message } = evidence;
  const path = splitTarget(message.target).path;
  const at = value.indexOf(path, 1);
  if (path === '' || at < 0) return [];
  const [before, after] = [value.slice(0, at), value.slice(at + path.length)];
  return [
    {
      slot: { ...slot, source: { from: 'target', form: 'path' }, value: path },
      whole: (changed) => (typeof changed === 'string' ? before + changed + after : value),
    },
    {
      slot: { ...slot, source: { from: 'target', form: 'as-sent' }, value: message.target },
      whole: (changed) => {
        if (typeof changed !== 'string' || splitTarget(changed).path !== path) return value;
        const keyId = evidence.authorization?.fields.keyId ?? evidence.credential.keyId;
        const values = { date: '', contentHash: '', host: '', body: '', keyId };
        return rowOf(slot.source).received?.(slot.source, { ...message, target: changed }, values) ?? value;
      },
    },
  ];
}

/** The signed date in the line of its header. */
function dateViews(slot: Slot, value: string, { date }: Evidence): PartView[] {
  const label = date && `${date.header}:`;
  const at = label === undefined ? -1 : value.indexOf(`${label}${date?.text}\n`);
  if (label === undefined || date === undefined || at < 0) return [];
  const [before, after] = [value.slice(0, at + label.length), value.slice(at + label.length + date.text.length)];
  return [
    {
      slot: { ...slot, source: { from: 'date' }, value: date.text },
      whole: (changed) => (typeof changed === 'string' ? before + changed + after : value),
    },
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
  const values = { date: date?.text ?? '', contentHash: '', host: host ?? '', body: '' };
  return rowOf(source).received?.(source, { ...message, body: bytesOf(body) }, values);
}
