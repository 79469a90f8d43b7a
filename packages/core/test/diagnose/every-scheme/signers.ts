import { createHash, createHmac } from 'node:crypto';
import type { Header } from '@countersign/core/message';

// How the sender of each scheme signs, by its provider's document, written with `node:crypto` alone.

/** What a request is made of; what is signed is such a request too, and departs from what is sent where somebody slips. */
export interface Delivery {
  readonly method: string;
  /** Scheme and authority. */
  readonly origin: string;
  readonly path: string;
  readonly query: string;
  readonly type: string;
  readonly body: string;
  /** The fields of the form, decoded, in the order sent. */
  readonly fields: readonly Field[];
  /** The signed time, as it is written. */
  readonly time: string;
  /** The id of the message, or the nonce. */
  readonly id: string;
}

export type Field = readonly [name: string, value: string];

/** One part of what is signed, and what stands around it. */
export interface Piece {
  readonly part: 'method' | 'target' | 'url' | 'type' | 'time' | 'host' | 'hash' | 'id' | 'body' | 'fields' | 'other';
  readonly before?: string;
  readonly text: string | Buffer;
  readonly after: string;
}

/** A scheme as its provider documents it. */
export interface Signer {
  readonly id: string;
  /** Which of the scheme's choices the account set. */
  readonly mac?: string;
  readonly secret: string;
  readonly key: string | Buffer;
  readonly keyId?: string;
  /** The host of the provider's that it is sent to; else it is one of the user's. */
  readonly host?: string;
  readonly algorithm: 'sha256' | 'sha1' | 'md5-suffix';
  readonly encoding: 'hex' | 'base64';
  /** What carries what is signed. */
  readonly kind: 'json' | 'form' | 'query' | 'none';
  /** The time as it is written, from milliseconds. */
  readonly time?: (epochMs: number) => string;
  readonly pieces: (signed: Delivery) => Piece[];
  readonly headers?: (signature: string, sent: Delivery) => Header[];
  /** A parameter more that is sent, where one carries the signature or a hash. */
  readonly parameter?: (signature: string, sent: Delivery) => string;
}

const seconds = (epochMs: number): string => String(Math.floor(epochMs / 1000));
const rfc1123 = (epochMs: number): string => new Date(epochMs).toUTCString();
const iso = (epochMs: number): string => new Date(epochMs).toISOString();
const hashed = (algorithm: string, body: string): Buffer => createHash(algorithm).update(body).digest();

const text = 'a secret of the endpoint, long enough';
const base64 = Buffer.from(text).toString('base64');
const plain = { secret: text, key: text, algorithm: 'sha256', encoding: 'hex' } as const;
const decoded = { secret: base64, key: Buffer.from(text), algorithm: 'sha256', encoding: 'base64' } as const;
const whsec = { ...decoded, secret: `whsec_${base64}` } as const;

const json = (after = ''): ((signed: Delivery) => Piece) => {
  return ({ body }) => ({ part: 'body', text: body, after });
};
const timeThenBody =
  (separator: string, version?: string) =>
  (signed: Delivery): Piece[] => [
    ...(version === undefined ? [] : [{ part: 'other', text: version, after: separator } as const]),
    { part: 'time', text: signed.time, after: separator },
    json()(signed),
  ];
const bodyAlone = { kind: 'json', pieces: (signed: Delivery) => [json()(signed)] } as const;
const inHeader =
  (name: string, prefix = '') =>
  (signature: string): Header[] => [[name, prefix + signature]];
const beside =
  (name: string, time: string, prefix = '') =>
  (signature: string, sent: Delivery): Header[] => [
    [time, sent.time],
    [name, prefix + signature],
  ];
const url = ({ origin, path, query }: Delivery): string => origin + path + (query === '' ? '' : `?${query}`);
const hostOf = ({ origin }: Delivery): string => origin.replace(/^[a-z]+:\/\//, '');
const byName = ([name]: Field, [other]: Field): number => (name < other ? -1 : name > other ? 1 : 0);
const sorted = ({ fields }: Delivery): Field[] => fields.toSorted(byName);
const parametersOf = ({ query }: Delivery): Field[] => [...new URLSearchParams(query)];

const standard = (prefix: string) =>
  ({
    ...whsec,
    kind: 'json',
    time: seconds,
    pieces: (signed: Delivery): Piece[] => [
      { part: 'id', text: signed.id, after: '.' },
      { part: 'time', text: signed.time, after: '.' },
      json()(signed),
    ],
    headers: (signature: string, { id, time }: Delivery): Header[] => [
      [`${prefix}-id`, id],
      [`${prefix}-timestamp`, time],
      [`${prefix}-signature`, `v1,${signature}`],
    ],
  }) as const;

const urlAndFields = {
  kind: 'form',
  pieces: (signed: Delivery): Piece[] => [
    { part: 'url', text: url(signed), after: '' },
    { part: 'fields', text: sorted(signed).flat().join(''), after: '' },
  ],
} as const;

const azureLines = (signed: Delivery): Piece[] => [
  { part: 'method', text: signed.method, after: '\n' },
  { part: 'target', text: url({ ...signed, origin: '' }), after: '\n' },
  { part: 'time', text: signed.time, after: ';' },
  { part: 'host', text: hostOf(signed), after: ';' },
  { part: 'hash', text: hashed('sha256', signed.body).toString('base64'), after: '' },
];
const azureHeaders =
  (credential: string) =>
  (signature: string, sent: Delivery): Header[] => [
    ['x-ms-date', sent.time],
    ['x-ms-content-sha256', hashed('sha256', sent.body).toString('base64')],
    [
      'Authorization',
      `HMAC-SHA256 ${credential}SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
    ],
  ];

const sinchLines = (signed: Delivery): Piece[] => [
  { part: 'method', text: signed.method, after: '\n' },
  { part: 'hash', text: hashed('md5', signed.body).toString('base64'), after: '\n' },
  { part: 'type', text: signed.type, after: '\n' },
  { part: 'time', before: 'x-timestamp:', text: signed.time, after: '\n' },
  { part: 'target', text: signed.path, after: '' },
];
const sinchHeaders =
  (word: string) =>
  (signature: string, sent: Delivery): Header[] => [
    ['x-timestamp', sent.time],
    ['Authorization', `${word} 669e367e-6ba6-48ab-af15-266871c28135:${signature}`],
  ];

const vonage = {
  kind: 'form',
  time: seconds,
  pieces: (signed: Delivery): Piece[] => [
    {
      part: 'fields',
      text: sorted(signed)
        .map(([name, value]) => `&${name}=${value.replace(/[&=]/g, '_')}`)
        .join(''),
      after: '',
    },
  ],
  parameter: (signature: string) => `sig=${signature}`,
} as const;

/** Every HMAC scheme, in the order of the catalog. */
export const signers: readonly Signer[] = [
  {
    ...decoded,
    id: 'acs-hmac',
    host: 'contoso.communication.azure.com',
    kind: 'json',
    time: rfc1123,
    pieces: azureLines,
    headers: azureHeaders(''),
  },
  {
    ...decoded,
    id: 'sinch-application',
    host: 'calling.api.sinch.com',
    keyId: '669e367e-6ba6-48ab-af15-266871c28135',
    kind: 'json',
    time: iso,
    pieces: sinchLines,
    headers: sinchHeaders('application'),
  },
  {
    ...decoded,
    id: 'sinch-voice-v2',
    keyId: '669e367e-6ba6-48ab-af15-266871c28135',
    kind: 'json',
    time: iso,
    pieces: sinchLines,
    headers: sinchHeaders('service'),
  },
  {
    ...plain,
    id: 'sinch-webhook',
    encoding: 'base64',
    kind: 'json',
    time: seconds,
    pieces: (signed) => [
      json('.')(signed),
      { part: 'id', text: signed.id, after: '.' },
      { part: 'time', text: signed.time, after: '' },
    ],
    headers: (signature, { id, time }) => [
      ['x-sinch-webhook-signature-timestamp', time],
      ['x-sinch-webhook-signature-nonce', id],
      ['x-sinch-webhook-signature', signature],
    ],
  },
  { ...plain, ...bodyAlone, id: 'sinch-numbers', algorithm: 'sha1', headers: inHeader('X-Sinch-Signature') },
  {
    ...decoded,
    id: 'azure-app-configuration',
    host: 'contoso.azconfig.io',
    keyId: 'a5Pv-l9-s0:cMKFMPGNIsYrlqI6ACzA',
    kind: 'json',
    time: rfc1123,
    pieces: azureLines,
    headers: azureHeaders('Credential=a5Pv-l9-s0:cMKFMPGNIsYrlqI6ACzA&'),
  },
  {
    ...plain,
    ...urlAndFields,
    id: 'twilio',
    algorithm: 'sha1',
    encoding: 'base64',
    headers: inHeader('X-Twilio-Signature'),
  },
  {
    ...plain,
    id: 'twilio-json',
    algorithm: 'sha1',
    encoding: 'base64',
    kind: 'json',
    pieces: (signed) => {
      const hash = `bodySHA256=${hashed('sha256', signed.body).toString('hex')}`;
      const query = signed.query === '' ? hash : `${signed.query}&${hash}`;
      return [{ part: 'url', text: url({ ...signed, query }), after: '' }];
    },
    parameter: (_, sent) => `bodySHA256=${hashed('sha256', sent.body).toString('hex')}`,
    headers: inHeader('X-Twilio-Signature'),
  },
  {
    ...plain,
    ...urlAndFields,
    id: 'twilio-shared-key',
    keyId: 'SK0123456789abcdef',
    encoding: 'base64',
    headers: (signature) => [
      ['X-Twilio-Webhooks-Signature-Settings', 'key=SK0123456789abcdef,algorithm=HMAC_SHA256'],
      ['X-Twilio-Signature', signature],
    ],
  },
  {
    ...plain,
    id: 'signalwire',
    algorithm: 'sha1',
    kind: 'json',
    pieces: (signed) => [{ part: 'url', text: url(signed), after: '' }, json()(signed)],
    headers: inHeader('X-SignalWire-Signature'),
  },
  {
    ...plain,
    id: 'plivo-v3',
    encoding: 'base64',
    kind: 'form',
    pieces: (signed) => {
      const query = parametersOf(signed)
        .toSorted(byName)
        .map((pair) => pair.join('='));
      const fields = sorted(signed).flat().join('');
      return [
        { part: 'url', text: signed.origin + signed.path, after: '' },
        {
          part: 'fields',
          text: `?${query.join('&')}${query.length > 0 && fields !== '' ? '.' : ''}${fields}`,
          after: '.',
        },
        { part: 'id', text: signed.id, after: '' },
      ];
    },
    headers: (signature, { id }) => [
      ['X-Plivo-Signature-V3-Nonce', id],
      ['X-Plivo-Signature-V3', signature],
    ],
  },
  {
    ...plain,
    id: 'plivo-v2',
    encoding: 'base64',
    kind: 'none',
    pieces: (signed) => [
      { part: 'url', text: signed.origin + signed.path, after: '' },
      { part: 'id', text: signed.id, after: '' },
    ],
    headers: (signature, { id }) => [
      ['X-Plivo-Signature-V2-Nonce', id],
      ['X-Plivo-Signature-V2', signature],
    ],
  },
  {
    ...plain,
    ...urlAndFields,
    id: 'plivo-v1',
    algorithm: 'sha1',
    encoding: 'base64',
    headers: inHeader('X-Plivo-Signature'),
  },
  { ...plain, ...vonage, id: 'vonage-sms', algorithm: 'md5-suffix' },
  { ...plain, ...vonage, id: 'vonage-sms', mac: 'sha256' },
  {
    ...plain,
    id: 'bird',
    encoding: 'base64',
    kind: 'json',
    time: seconds,
    pieces: (signed) => [
      { part: 'time', text: signed.time, after: '\n' },
      { part: 'url', text: url(signed), after: '\n' },
      { part: 'hash', text: hashed('sha256', signed.body), after: '' },
    ],
    headers: beside('MessageBird-Signature', 'MessageBird-Request-Timestamp'),
  },
  {
    ...plain,
    id: 'messagebird-legacy',
    encoding: 'base64',
    kind: 'json',
    time: seconds,
    pieces: (signed) => [
      { part: 'time', text: signed.time, after: '\n' },
      {
        part: 'fields',
        text: parametersOf(signed)
          .toSorted(byName)
          .map((pair) => pair.map(encodeURIComponent).join('='))
          .join('&'),
        after: '\n',
      },
      { part: 'hash', text: hashed('sha256', signed.body), after: '' },
    ],
    headers: beside('MessageBird-Signature', 'MessageBird-Request-Timestamp'),
  },
  {
    ...plain,
    id: 'jambonz',
    kind: 'json',
    time: seconds,
    pieces: timeThenBody('.'),
    headers: (signature, { time }) => [['Jambonz-Signature', `t=${time},v1=${signature}`]],
  },
  {
    ...plain,
    id: 'zoom',
    kind: 'json',
    time: seconds,
    pieces: timeThenBody(':', 'v0'),
    headers: beside('X-ZM-Signature', 'X-ZM-Request-Timestamp', 'v0='),
  },
  {
    ...decoded,
    id: 'daily',
    kind: 'json',
    time: seconds,
    pieces: timeThenBody('.'),
    headers: beside('X-Pinless-Signature', 'X-Pinless-Timestamp'),
  },
  {
    ...decoded,
    id: 'daily-webhook',
    kind: 'json',
    time: seconds,
    pieces: timeThenBody('.'),
    headers: beside('X-Webhook-Signature', 'X-Webhook-Timestamp'),
  },
  { ...plain, ...bodyAlone, id: 'agora', headers: inHeader('Agora-Signature-V2') },
  { ...plain, ...bodyAlone, id: 'agora-v1', algorithm: 'sha1', headers: inHeader('Agora-Signature') },
  {
    ...plain,
    id: 'retell',
    kind: 'json',
    time: String,
    pieces: (signed) => [json()(signed), { part: 'time', text: signed.time, after: '' }],
    headers: (signature, { time }) => [['X-Retell-Signature', `v=${time},d=${signature}`]],
  },
  {
    ...plain,
    id: 'vapi',
    kind: 'json',
    time: seconds,
    pieces: timeThenBody('.'),
    headers: beside('X-Signature', 'X-Timestamp'),
  },
  {
    ...plain,
    id: 'elevenlabs',
    secret: `wsec_${base64}`,
    key: `wsec_${base64}`,
    kind: 'json',
    time: seconds,
    pieces: timeThenBody('.'),
    headers: (signature, { time }) => [['ElevenLabs-Signature', `t=${time},v0=${signature}`]],
  },
  { ...plain, ...bodyAlone, id: 'bland', headers: inHeader('X-Webhook-Signature') },
  { ...standard('webhook'), id: 'standard-webhooks' },
  { ...standard('svix'), id: 'svix' },
  { ...standard('webhook'), id: 'openai' },
  {
    ...plain,
    id: 'stripe',
    secret: `whsec_${base64}`,
    key: `whsec_${base64}`,
    kind: 'json',
    time: seconds,
    pieces: timeThenBody('.'),
    headers: (signature, { time }) => [['Stripe-Signature', `t=${time},v1=${signature}`]],
  },
  { ...plain, ...bodyAlone, id: 'github', headers: inHeader('X-Hub-Signature-256', 'sha256=') },
  { ...plain, ...bodyAlone, id: 'meta', headers: inHeader('X-Hub-Signature-256', 'sha256=') },
  {
    ...plain,
    id: 'slack',
    kind: 'json',
    time: seconds,
    pieces: timeThenBody(':', 'v0'),
    headers: beside('X-Slack-Signature', 'X-Slack-Request-Timestamp', 'v0='),
  },
  { ...plain, ...bodyAlone, id: 'shopify', encoding: 'base64', headers: inHeader('X-Shopify-Hmac-Sha256') },
  {
    ...plain,
    id: 'shopify-oauth',
    kind: 'query',
    time: seconds,
    pieces: (signed) => [
      {
        part: 'fields',
        text: sorted(signed)
          .map((pair) => pair.map(encodeURIComponent).join('='))
          .join('&'),
        after: '',
      },
    ],
    parameter: (signature) => `hmac=${signature}`,
  },
  {
    ...decoded,
    id: 'azure-storage-sharedkey',
    host: 'myaccount.blob.core.windows.net',
    keyId: 'myaccount',
    kind: 'json',
    time: rfc1123,
    pieces: (signed) => {
      const blank = (after = '\n'): Piece => ({ part: 'other', text: '', after });
      return [
        { part: 'method', text: signed.method, after: '\n' },
        blank(),
        blank(),
        { part: 'other', text: String(Buffer.byteLength(signed.body)), after: '\n' },
        blank(),
        { part: 'type', text: signed.type, after: '\n' },
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        { part: 'time', before: 'x-ms-date:', text: signed.time, after: '\nx-ms-version:2015-02-21\n' },
        {
          part: 'target',
          text: `/myaccount${signed.path}${parametersOf(signed)
            .toSorted(byName)
            .map((pair) => `\n${pair.join(':')}`)
            .join('')}`,
          after: '',
        },
      ];
    },
    headers: (signature, sent) => [
      ['x-ms-date', sent.time],
      ['x-ms-version', '2015-02-21'],
      ['Content-Length', String(Buffer.byteLength(sent.body))],
      ['Authorization', `SharedKey myaccount:${signature}`],
    ],
  },
  {
    ...decoded,
    id: 'azure-storage-sharedkeylite',
    host: 'myaccount.blob.core.windows.net',
    keyId: 'myaccount',
    kind: 'json',
    time: rfc1123,
    pieces: (signed) => [
      { part: 'method', text: signed.method, after: '\n' },
      { part: 'other', text: '', after: '\n' },
      { part: 'type', text: signed.type, after: '\n' },
      { part: 'other', text: '', after: '\n' },
      { part: 'time', before: 'x-ms-date:', text: signed.time, after: '\nx-ms-version:2015-02-21\n' },
      { part: 'target', text: `/myaccount${signed.path}`, after: '' },
    ],
    headers: (signature, { time }) => [
      ['x-ms-date', time],
      ['x-ms-version', '2015-02-21'],
      ['Authorization', `SharedKeyLite myaccount:${signature}`],
    ],
  },
  {
    ...decoded,
    id: 'azure-table-sharedkeylite',
    host: 'myaccount.table.core.windows.net',
    keyId: 'myaccount',
    kind: 'none',
    time: rfc1123,
    pieces: (signed) => [
      { part: 'time', text: signed.time, after: '\n' },
      { part: 'target', text: `/myaccount${signed.path}`, after: '' },
    ],
    headers: (signature, { time }) => [
      ['x-ms-date', time],
      ['Authorization', `SharedKeyLite myaccount:${signature}`],
    ],
  },
  {
    ...plain,
    id: 'azure-sas',
    host: 'bus.servicebus.windows.net',
    keyId: 'RootManageSharedAccessKey',
    encoding: 'base64',
    kind: 'none',
    time: (epochMs) => seconds(epochMs + 600_000),
    pieces: (signed) => [
      { part: 'url', text: encodeURIComponent(signed.origin + signed.path), after: '\n' },
      { part: 'time', text: signed.time, after: '' },
    ],
    headers: (signature, sent) => [
      [
        'Authorization',
        `SharedAccessSignature sr=${encodeURIComponent(sent.origin + sent.path)}&sig=${encodeURIComponent(signature)}&se=${sent.time}&skn=RootManageSharedAccessKey`,
      ],
    ],
  },
  {
    ...plain,
    id: 'vipps-mobilepay',
    encoding: 'base64',
    kind: 'json',
    time: rfc1123,
    pieces: azureLines,
    headers: azureHeaders(''),
  },
];

/** How a signature is made: a slip changes one of it. */
export interface Signing {
  readonly signed: Delivery;
  readonly key: string | Buffer;
  readonly pieces: (signed: Delivery) => readonly Piece[];
  readonly mac: (key: string | Buffer, data: Buffer) => Buffer;
  readonly write: (signature: Buffer) => string;
}

/** HMAC, or for one scheme the hash with the key behind. */
export function macOf(algorithm: Signer['algorithm']): Signing['mac'] {
  return (key, data) =>
    algorithm === 'md5-suffix'
      ? createHash('md5').update(data).update(key).digest()
      : createHmac(algorithm, key).update(data).digest();
}

/** The bytes that pieces stand for. */
export function joined(pieces: readonly Piece[]): Buffer {
  return Buffer.concat(
    pieces
      .flatMap(({ before = '', text: value, after }) => [before, value, after])
      .map((one) => Buffer.from(one as string)),
  );
}
