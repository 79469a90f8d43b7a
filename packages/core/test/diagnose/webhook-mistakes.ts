import { createHash, createHmac } from 'node:crypto';
import type { MistakeId } from '@countersign/core/diagnose';
import type { Header } from '@countersign/core/message';

// Deliveries of webhook providers, signed by hand with `node:crypto` alone, and what goes wrong with them.

/** What one delivery is made of; a mistake changes one of it. */
export interface Delivery {
  readonly key: string | Buffer;
  /** What is signed as the time, as it is written. */
  readonly time: string;
  readonly id: string;
  readonly body: string | Buffer;
  /** Stands between the parts, where the provider has something there. */
  readonly separator: string;
  /** The names of the parts, in the order signed. */
  readonly order: readonly Part[];
  /** Of the key and the bytes to sign, the signature's bytes. */
  readonly mac: (key: string | Buffer, text: Buffer) => Buffer;
  readonly write: (signature: Buffer) => string;
}

type Part = 'version' | 'time' | 'id' | 'body';

/** How a provider signs, and where it puts what. */
export interface Provider {
  readonly id: string;
  readonly secret: string;
  readonly key: string | Buffer;
  readonly order: readonly Part[];
  readonly separator: string;
  readonly version?: string;
  readonly encoding: 'hex' | 'base64';
  /** The time as the provider writes it, from milliseconds. */
  readonly time: (epochMs: number) => string;
  readonly headers: (signature: string, time: string, id: string) => Header[];
}

const seconds = (epochMs: number): string => String(Math.floor(epochMs / 1000));
const text = 'a secret of the endpoint, long enough to be one';
const base64 = Buffer.from(text).toString('base64');
const single =
  (name: string, prefix = '') =>
  (signature: string) =>
    [[name, prefix + signature]] satisfies Header[];
const timed =
  (names: string, time: string, prefix = '') =>
  (signature: string, at: string) =>
    [
      [time, at],
      [names, prefix + signature],
    ] satisfies Header[];
const standard =
  (prefix: string) =>
  (signature: string, at: string, id: string): Header[] => [
    [`${prefix}-Id`, id],
    [`${prefix}-Timestamp`, at],
    [`${prefix}-Signature`, `v1,${signature}`],
  ];
const own = { time: seconds, encoding: 'hex', separator: '.', order: ['time', 'body'] } as const;
const bodyAlone = { ...own, order: ['body'] as const };
const whsec = { ...own, secret: `whsec_${base64}`, key: Buffer.from(text), encoding: 'base64' } as const;
const standardOrder = { ...whsec, order: ['id', 'time', 'body'] as const };

export const providers: readonly Provider[] = [
  {
    ...own,
    id: 'stripe',
    secret: `whsec_${base64}`,
    key: `whsec_${base64}`,
    headers: (signature, at) => [['Stripe-Signature', `t=${at},v1=${signature}`]],
  },
  {
    ...own,
    id: 'elevenlabs',
    secret: `wsec_${base64}`,
    key: `wsec_${base64}`,
    headers: (signature, at) => [['ElevenLabs-Signature', `t=${at},v0=${signature}`]],
  },
  {
    ...own,
    id: 'retell',
    secret: 'key_8d0b9b1e',
    key: 'key_8d0b9b1e',
    order: ['body', 'time'],
    separator: '',
    time: String,
    headers: (signature, at) => [['X-Retell-Signature', `v=${at},d=${signature}`]],
  },
  { ...own, id: 'vapi', secret: text, key: text, headers: timed('X-Signature', 'X-Timestamp') },
  {
    ...own,
    id: 'slack',
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    key: '8f742231b10e8888abcd99yyyzzz85a5',
    order: ['version', 'time', 'body'],
    version: 'v0',
    separator: ':',
    headers: timed('X-Slack-Signature', 'X-Slack-Request-Timestamp', 'v0='),
  },
  { ...bodyAlone, id: 'bland', secret: text, key: text, headers: single('X-Webhook-Signature') },
  { ...bodyAlone, id: 'github', secret: text, key: text, headers: single('X-Hub-Signature-256', 'sha256=') },
  { ...bodyAlone, id: 'meta', secret: text, key: text, headers: single('X-Hub-Signature-256', 'sha256=') },
  {
    ...bodyAlone,
    id: 'shopify',
    secret: text,
    key: text,
    encoding: 'base64',
    headers: single('X-Shopify-Hmac-Sha256'),
  },
  { ...standardOrder, id: 'standard-webhooks', headers: standard('Webhook') },
  { ...standardOrder, id: 'openai', headers: standard('Webhook') },
  { ...standardOrder, id: 'svix', headers: standard('Svix') },
];

/** The time of the deliveries. */
export const deliveredAt = 1_716_800_887_000;

/** A body as it is sent, with what another writer of JSON would write otherwise. */
export const sentBody =
  '{"event": {"text":"Caf\\u00e9 \\u0026 <b>","user":"U1"},"link":"https:\\/\\/example.com","n":1.50}';
const parsed = JSON.parse(sentBody) as { event: unknown };

/** The delivery as it should be. */
export function rightDelivery({ key, order, separator, encoding, time }: Provider): Delivery {
  return {
    key,
    time: time(deliveredAt),
    id: 'msg_2yWXcT8bqgyGJZ7dEUvVhDPnqPg',
    body: sentBody,
    separator,
    order,
    mac: (secret, signed) => createHmac('sha256', secret).update(signed).digest(),
    write: (signature) => signature.toString(encoding),
  };
}

/** The signature of a delivery, as it is written in its header. */
export function signatureOf({ version = '' }: Provider, delivery: Delivery): string {
  const values = { version, time: delivery.time, id: delivery.id, body: delivery.body };
  const pieces = delivery.order.flatMap((part, at) => [...(at > 0 ? [delivery.separator] : []), values[part]]);
  return delivery.write(delivery.mac(delivery.key, Buffer.concat(pieces.map((piece) => Buffer.from(piece)))));
}

/** One way to get it wrong. */
export interface Slip {
  readonly id: MistakeId;
  readonly what: string;
  /** What changes; nothing where it cannot happen to this provider. */
  readonly slip: (right: Delivery, provider: Provider) => Partial<Delivery> | undefined;
}

const hash = (algorithm: string) => (key: string | Buffer, signed: Buffer) =>
  createHash(algorithm).update(key).update(signed).digest();
const hmac = (algorithm: string) => (key: string | Buffer, signed: Buffer) =>
  createHmac(algorithm, key).update(signed).digest();
const isText = ({ key }: Provider): boolean => typeof key === 'string';
const prefixOf = ({ secret }: Provider): string => /^wh?sec_/.exec(secret)?.[0] ?? '';
const hasTime = ({ order }: Provider): boolean => order.includes('time');
const whenTimed =
  (change: (right: Delivery, provider: Provider) => Partial<Delivery>) =>
  (right: Delivery, provider: Provider): Partial<Delivery> | undefined =>
    hasTime(provider) ? change(right, provider) : undefined;

export const slips: readonly Slip[] = [
  { id: 'key/other', what: 'no secret', slip: () => ({ key: '' }) },
  {
    id: 'key/encoding',
    what: 'the text behind the prefix decoded, where all of the text is the key',
    slip: (_, provider) =>
      isText(provider) && prefixOf(provider) !== '' ? { key: Buffer.from(base64, 'base64') } : undefined,
  },
  {
    id: 'key/encoding',
    what: 'all of the text as the key, where what is behind the prefix is decoded',
    slip: (_, provider) => (isText(provider) ? undefined : { key: provider.secret }),
  },
  {
    id: 'key/encoding',
    what: 'the text behind the prefix as the key, not decoded',
    slip: (_, provider) => (isText(provider) ? undefined : { key: base64 }),
  },
  {
    id: 'key/prefix',
    what: 'the text without its prefix',
    slip: (_, provider) => (isText(provider) && prefixOf(provider) !== '' ? { key: base64 } : undefined),
  },
  {
    id: 'key/encoding',
    what: 'the secret in hexadecimal digits',
    slip: ({ key }) => ({ key: Buffer.from(key).toString('hex') }),
  },
  {
    id: 'key/encoding',
    what: 'the secret in base64',
    slip: ({ key }, provider) => (isText(provider) ? { key: Buffer.from(key).toString('base64') } : undefined),
  },
  {
    id: 'key/stray-characters',
    what: 'a line break after the secret',
    slip: ({ key }, provider) => (isText(provider) ? { key: `${String(key)}\n` } : undefined),
  },
  {
    id: 'key/stray-characters',
    what: 'the secret in quotes',
    slip: ({ key }, provider) => (isText(provider) ? { key: `"${String(key)}"` } : undefined),
  },
  {
    id: 'date/unit',
    what: 'milliseconds for seconds, or seconds for milliseconds',
    slip: whenTimed(({ time }) => ({ time: time.length > 10 ? time.slice(0, 10) : `${time}000` })),
  },
  {
    id: 'date/not-the-one-sent',
    what: 'the time of another delivery, three seconds later',
    slip: whenTimed((_, { time }) => ({ time: time(deliveredAt + 3000) })),
  },
  {
    id: 'date/unit',
    what: 'the time in ISO 8601',
    slip: whenTimed(() => ({ time: new Date(deliveredAt).toISOString() })),
  },
  {
    id: 'layout/part-missing',
    what: 'no time',
    slip: whenTimed(({ order }) => ({ order: order.filter((part) => part !== 'time') })),
  },
  {
    id: 'layout/part-missing',
    what: 'no id',
    slip: ({ order }) => (order.includes('id') ? { order: order.filter((part) => part !== 'id') } : undefined),
  },
  {
    id: 'layout/part-missing',
    what: 'no version',
    slip: ({ order }) =>
      order.includes('version') ? { order: order.filter((part) => part !== 'version') } : undefined,
  },
  {
    id: 'layout/part-missing',
    what: 'the body alone',
    slip: ({ order }) => (order.length > 2 ? { order: ['body'] } : undefined),
  },
  {
    id: 'layout/separator',
    what: 'a colon for a dot, or a dot for what is there',
    slip: ({ order, separator }) => (order.length > 1 ? { separator: separator === '.' ? ':' : '.' } : undefined),
  },
  {
    id: 'layout/separator',
    what: 'nothing between the parts',
    slip: ({ order, separator }) => (order.length > 1 && separator !== '' ? { separator: '' } : undefined),
  },
  {
    id: 'layout/order',
    what: 'the parts the other way round',
    slip: ({ order }) => (order.length > 1 ? { order: order.toReversed() } : undefined),
  },
  {
    id: 'body/reserialized',
    what: 'JSON.stringify of the parsed body',
    slip: () => ({ body: JSON.stringify(parsed) }),
  },
  {
    id: 'body/reserialized',
    what: 'json.dumps of the parsed body',
    slip: () => ({
      body: '{"event": {"text": "Caf\\u00e9 & <b>", "user": "U1"}, "link": "https://example.com", "n": 1.5}',
    }),
  },
  {
    id: 'body/reserialized',
    what: 'json_encode of the parsed body',
    slip: () => ({
      body: '{"event":{"text":"Caf\\u00e9 & <b>","user":"U1"},"link":"https:\\/\\/example.com","n":1.5}',
    }),
  },
  { id: 'body/missing', what: 'an empty body', slip: () => ({ body: '' }) },
  { id: 'body/missing', what: '[object Object]', slip: () => ({ body: '[object Object]' }) },
  { id: 'body/newlines', what: 'a line break after the body', slip: () => ({ body: `${sentBody}\n` }) },
  { id: 'body/part-only', what: 'one member of the body', slip: () => ({ body: JSON.stringify(parsed.event) }) },
  {
    id: 'body/transport-encoding',
    what: 'the body in base64, as a gateway hands it over',
    slip: () => ({ body: Buffer.from(sentBody).toString('base64') }),
  },
  {
    id: 'digest/encoding',
    what: 'base64 for hexadecimal digits, or the other way round',
    slip: (_, { encoding }) => ({ write: (signature) => signature.toString(encoding === 'hex' ? 'base64' : 'hex') }),
  },
  {
    id: 'digest/encoding',
    what: 'hexadecimal digits in capitals',
    slip: (_, { encoding }) =>
      encoding === 'hex' ? { write: (signature) => signature.toString('hex').toUpperCase() } : undefined,
  },
  {
    id: 'digest/encoding',
    what: 'base64 of hexadecimal digits',
    slip: () => ({ write: (signature) => Buffer.from(signature.toString('hex')).toString('base64') }),
  },
  {
    id: 'digest/encoding',
    what: 'base64url',
    slip: (_, { encoding }) =>
      encoding === 'base64' ? { write: (signature) => signature.toString('base64url') } : undefined,
  },
  { id: 'digest/algorithm', what: 'SHA-1', slip: () => ({ mac: hmac('sha1') }) },
  { id: 'digest/algorithm', what: 'SHA-512', slip: () => ({ mac: hmac('sha512') }) },
  { id: 'digest/algorithm', what: 'MD5', slip: () => ({ mac: hmac('md5') }) },
  { id: 'digest/not-hmac', what: 'a hash of secret and text', slip: () => ({ mac: hash('sha256') }) },
  {
    id: 'key/swapped-with-message',
    what: 'secret and text swapped',
    slip: () => ({ mac: (key, signed) => createHmac('sha256', signed).update(key).digest() }),
  },
];
