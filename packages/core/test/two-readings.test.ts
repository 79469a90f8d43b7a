import * as fc from 'fast-check';
import { headerValue, type Header, type Message } from '@countersign/core/message';
import { type Scheme } from '@countersign/core/scheme';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { schemes as catalog } from '@countersign/core/schemes/catalog';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret, type Credential } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

// One signature, two requests: whoever captured the first sends the second. For each scheme, a signed request's string to
// sign is taken apart in every way that its separators allow, each way is put together as a request of its own, and every
// one of them that verifies must say the same as the first.

const now = new Date('2024-05-27T09:08:07Z');
const dates = {
  rfc1123: 'Mon, 27 May 2024 09:08:07 GMT',
  iso8601: '2024-05-27T09:08:07.000Z',
  'iso8601-basic': '20240527T090807Z',
  'epoch-seconds': '1716800887',
  'epoch-milliseconds': '1716800887000',
  epoch: '1716800887',
};
const credentialOf = ({ key: { encoding } }: Scheme): Credential => ({
  keyId: 'id',
  secret: new Secret('c2VjcmV0', encoding),
});
/** Bodies that requests have; a content hash can be nothing but that of one of them. */
const bodies = ['', 'x', '12.50', '12', '.', 'a\nb'];

type Values = Readonly<Record<string, string>>;

/** Texts made of the scheme's own separators, dates and hashes, and of what no header or request line may hold. */
function trickyText(scheme: Scheme): fc.Arbitrary<string> {
  const separators = scheme.parts.flatMap(({ before = '', after }) => [before, after]);
  const refused = ['\n', '\r', '\0', ' ', '\ud800', '\ufffd'];
  const pieces = [...separators, ...Object.values(dates), ...bodies, '/', '?', ';', '.', ':', ...refused];
  const hashes = scheme.contentHash ? bodies.map((body) => hashOf(scheme, body)) : [];
  return fc.array(fc.constantFrom(...pieces, ...hashes), { maxLength: 5 }).map((chosen) => chosen.join(''));
}

const hashOf = ({ contentHash }: Scheme, body: string): string =>
  contentHash === undefined || (contentHash.empty === 'blank' && body === '')
    ? ''
    : contentHash.encoding === 'upper-hex'
      ? createHash(contentHash.algorithm).update(body).digest('hex').toUpperCase()
      : createHash(contentHash.algorithm).update(body).digest(contentHash.encoding);

/** The message that says these values, part by part; `undefined` where no message can. */
function messageOf(scheme: Scheme, values: Values, further: readonly Header[] = []): Message | undefined {
  let body: string | undefined;
  let [method, target] = ['POST', '/'];
  const headers: Header[] = [...further];
  for (const { name, source } of scheme.parts) {
    const value = values[name] ?? '';
    if (source.from === 'method') method = value;
    if (source.from === 'target') target = value;
    if (source.from === 'host') headers.push(['Host', value]);
    if (source.from === 'header' && !(value === '' && source.absent === 'blank')) headers.push([source.header, value]);
    const [dateHeader] = scheme.date?.headers ?? [];
    if (source.from === 'date' && dateHeader !== undefined) headers.push([dateHeader, value]);
    if (source.from === 'body') body = value;
    if (source.from === 'content-hash') {
      body = bodies.find((one) => hashOf(scheme, one) === value);
      if (body === undefined) return undefined;
      if (scheme.contentHash?.header !== undefined) headers.push([scheme.contentHash.header, value]);
    }
  }
  return { method, target, headers, body: new TextEncoder().encode(body ?? '') };
}

function withSignature(scheme: Scheme, message: Message, signature: string, further: readonly Header[]): Message {
  const list = [...(scheme.signedHeaders?.accepted[0] ?? []), ...further.map(([name]) => name)].join(';');
  const { header, template } = scheme.authorization;
  const value = template
    .replace('{signature}', signature)
    .replace('{keyId}', 'id')
    .replace('{signedHeaders}', list)
    .replace('{date}', dates[scheme.date?.format ?? 'rfc1123']);
  return { ...message, headers: [...message.headers, [header, value]] };
}

/** Every way to cut a text into the scheme's parts, with further values behind them where the scheme has those. */
function* readings(scheme: Scheme, text: string, at = 0): Generator<{ values: Values; further: readonly Header[] }> {
  const part = scheme.parts[at];
  if (!part) {
    const separator = scheme.signedHeaders?.furtherSeparator;
    if (text === '') yield { values: {}, further: [] };
    else if (separator !== undefined && text.startsWith(separator)) {
      const all = text.slice(separator.length);
      const split = all.split(separator);
      yield { values: {}, further: [['x-one', all]] };
      if (split.length > 1) yield { values: {}, further: split.map((value, place) => [`x-${place}`, value]) };
    }
    return;
  }
  const { before = '', after, name } = part;
  if (!text.startsWith(before)) return;
  const rest = text.slice(before.length);
  const last = at === scheme.parts.length - 1;
  const ends = last ? [rest.length] : [];
  const end = last ? (scheme.signedHeaders?.furtherSeparator ?? '') : after;
  for (let place = rest.indexOf(end); place >= 0 && place < rest.length; place = rest.indexOf(end, place + 1))
    ends.push(place);
  for (const place of new Set(ends)) {
    const skipped = last ? 0 : after.length;
    for (const { values, further } of readings(scheme, rest.slice(place + skipped), at + 1))
      yield { values: { ...values, [name]: rest.slice(0, place) }, further };
  }
}

/** What an accepted request says, of all that its signature covers; `undefined` for one that is refused. */
function meaning(scheme: Scheme, message: Message, pinned: readonly string[] | undefined): string | undefined {
  const options = { now, ...(pinned && { furtherHeaders: pinned }) };
  const result = verify(scheme, credentialOf(scheme), message, options);
  if (!result.ok) return undefined;
  return JSON.stringify({
    ofTheRequestLine: scheme.parts.map(({ source }) => {
      if (source.from === 'method') return message.method;
      return source.from === 'target' && (source.form === 'path' ? message.target.split('?')[0] : message.target);
    }),
    headers: result.coveredHeaders.map((name) => [name, headerValue(message.headers, name)]),
    nonce: result.nonce,
    signedAt: result.signedAt,
    body: Buffer.from(message.body as Uint8Array).toString('latin1'),
  });
}

/** Two requests under one signature that say different things, as far as a search of `tries` requests finds any. */
function twoReadings(scheme: Scheme, tries: number): unknown {
  const text = trickyText(scheme);
  const values = fc.record(
    Object.fromEntries(
      scheme.parts.map(({ name, source }) => [
        name,
        source.from === 'date'
          ? fc.constant(dates[scheme.date?.format ?? 'rfc1123'])
          : source.from === 'content-hash'
            ? fc.constantFrom(...bodies.map((body) => hashOf(scheme, body)))
            : source.from === 'literal'
              ? fc.constant(source.text)
              : source.from === 'target'
                ? text.map((tail) => `/${tail}`)
                : source.from === 'body'
                  ? fc.oneof(text, fc.constantFrom(...bodies))
                  : text,
      ]),
    ),
  );
  let found: unknown;
  fc.assert(
    fc.property(values, fc.option(text), (chosen, more) => {
      if (found !== undefined) return;
      const further: Header[] =
        scheme.signedHeaders?.furtherSeparator !== undefined && more !== null ? [['x-one', more]] : [];
      const first = messageOf(scheme, chosen as Values, further);
      if (!first) return;
      let signature: string;
      try {
        ({ signature } = sign(scheme, credentialOf(scheme), first, {
          date: dates[scheme.date?.format ?? 'rfc1123'],
          furtherHeaders: further.map(([name]) => name),
        }));
      } catch {
        return;
      }
      const signed = withSignature(scheme, first, signature, further);
      if (meaning(scheme, signed, undefined) === undefined) return;
      const parts = scheme.parts.map(({ name, before = '', after }) => before + (chosen as Values)[name] + after);
      const separator = scheme.signedHeaders?.furtherSeparator ?? '';
      const joined = parts.join('') + further.map(([, value]) => separator + value).join('');
      // Halves of surrogate pairs are signed as U+FFFD, so what was signed as that can also be read back as a half.
      for (const spelled of new Set([
        joined,
        joined.replaceAll('\ud800', '\ufffd'),
        joined.replaceAll('\ufffd', '\ud800'),
      ])) {
        for (const reading of readings(scheme, spelled)) {
          const second = messageOf(scheme, reading.values, reading.further);
          if (!second) continue;
          const captured = withSignature(scheme, second, signature, reading.further);
          for (const pinned of [undefined, further.map(([name]) => name)]) {
            const [said, saidThen] = [meaning(scheme, signed, pinned), meaning(scheme, captured, pinned)];
            if (saidThen !== undefined && saidThen !== said) found = [said, saidThen];
          }
        }
      }
    }),
    { numRuns: tries, seed: 11 },
  );
  return found;
}

// Those that are `ambiguous` by their provider's rule say so. What the others are made of cannot be put together here; each of
// their parts is escaped or of one length, and the only one that is free stands at an end.
const made = ['method', 'target', 'host', 'header', 'content-hash', 'date', 'body', 'literal'];
const canBePutTogether = ({ parts }: Scheme): boolean => parts.every(({ source }) => made.includes(source.from));
const schemes = catalog.filter(canBePutTogether);

test('every built-in scheme is searched, is ambiguous, or is one of a few', () => {
  const others = catalog.filter((scheme) => !canBePutTogether(scheme) && scheme.ambiguous === undefined);
  expect(others.map(({ id }) => id).toSorted()).toEqual([
    'aws-sigv4',
    'azure-sas',
    'azure-table-sharedkeylite',
    'bird',
    'livekit',
    'messagebird-jwt',
    'messagebird-legacy',
    'shopify-oauth',
    'twilio-json',
    'vonage-webhook',
  ]);
});

/** `npm test` takes the first ones, which people sign requests with; the matrix takes all. */
const tried = process.env['MATRIX'] === 'all' ? schemes : schemes.slice(0, 8);

test.each(tried)('no signature of $id belongs to two requests', (scheme) => {
  expect(twoReadings(scheme, 600)).toBeUndefined();
});

describe('the search for a second reading finds one', () => {
  const open = (scheme: Scheme): Scheme => ({
    ...scheme,
    parts: scheme.parts.map((part) => ({ ...part, excludes: '' })),
  });

  test('where a webhook’s nonce may hold the separator', () => {
    expect(twoReadings(open(sinchWebhook), 600)).toBeDefined();
  });

  test('where a host may hold what stands before further headers', () => {
    expect(twoReadings(open(azureAppConfiguration), 600)).toBeDefined();
  });
});
