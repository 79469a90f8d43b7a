import { type Departure, sayDeparture } from '../search/departure.ts';
import { headerValues } from '../../message.ts';
import { sentHeaderFixes } from '../fixes/sent-header.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

const usualSpellings = {
  'accept-encoding': [
    'identity',
    'gzip',
    'gzip, deflate',
    'gzip, deflate, br',
    'gzip,deflate,br',
    'gzip, deflate, br, zstd',
    'gzip, br',
    'br, gzip',
    'br',
    'deflate',
    '*',
    'gzip, identity',
    'identity, gzip',
    'gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
    'amz-sdk-invocation-id',
    '',
  ],
  accept: ['*/*', 'application/json', 'application/json, text/plain, */*', 'text/plain', ''],
  connection: ['keep-alive', 'close', 'Keep-Alive', ''],
  'user-agent': ['', 'node', 'node-fetch', 'undici', 'axios', 'python-requests', 'curl', 'Mozilla/5.0'],
  'cache-control': ['no-cache', 'max-age=0', ''],
};

const spellings: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(usualSpellings));

interface Change {
  /** A header of another value, or one that came only after signing. */
  readonly kind: 'changed' | 'added';
  readonly header: string;
}

/** A signed header that a proxy or client library rewrote after signing. */
export const headerChangedInTransit: MistakeClass<Change | Departure> = {
  id: 'header/changed-in-transit',
  rank: 380,
  needs: 'other header',
  values: function* (slot, { message }) {
    if (
      slot.source.from !== 'header' ||
      slot.source.header === 'content-type' ||
      slot.source.header === 'content-length'
    )
      return;
    const { header } = slot.source;
    const sent = String(slot.value);
    for (const value of spellings.get(header) ?? [])
      yield { detail: { kind: 'changed', header }, cost: 1, value } satisfies ValueMove<Change>;
    for (const value of headerValues(message.headers, `x-original-${header}`))
      yield { detail: { kind: 'changed', header }, cost: 1, value };
    for (const value of headerValues(message.headers, `x-forwarded-${header}`))
      yield { detail: { kind: 'changed', header }, cost: 1, value };
    const items = sent.split(/,\s*/);
    for (let at = 0; at < items.length && items.length > 1; at++) {
      yield { detail: { kind: 'changed', header }, cost: 1, value: items.toSpliced(at, 1).join(', ') };
      yield { detail: { kind: 'changed', header }, cost: 2, value: items[at] ?? '' };
    }
    for (const value of [
      sent.toLowerCase(),
      sent.toUpperCase(),
      items.join(','),
      items.join(', '),
      sent.replace(/\s+/g, ' ').trim(),
      sent.replaceAll('"', ''),
      `"${sent}"`,
      ` ${sent}`,
      `${sent} `,
      '',
      'undefined',
      'null',
      'None',
    ]) {
      // Without a value that has to be there, the part was left out.
      if (value === '' && slot.source.absent === 'refused') continue;
      yield { detail: { kind: 'changed', header }, cost: 2, value };
    }
  },
  layouts: function* (layout) {
    for (const slot of layout) {
      if (!slot.name.startsWith('header ') && !/forwarded|via|cf-|x-amzn-/.test(slot.name)) continue;
      yield {
        detail: { kind: 'added', header: slot.name.replace('header ', '') },
        cost: 1,
        layout: layout.filter((other) => other !== slot),
      };
    }
  },
  speaksOf: (find) =>
    find.kind === 'departure' && find.subject === 'header' && find.header !== 'content-type' ? find : undefined,
  say: (detail, { yours, expected }) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    return detail.kind === 'added'
      ? `The header ${detail.header} was added after signing: the string that you signed does not have it.`
      : `The signed header ${detail.header} changed after signing: you signed "${yours}", and "${expected}" arrived.`;
  },
  fixes: ({ scheme }, detail) => {
    const { header = 'accept-encoding' } = detail;
    return sentHeaderFixes(scheme, header, undefined, 'set it yourself before signing, or leave it unsigned');
  },
};
