import type { PartRule, Scheme } from '../scheme.ts';
import { isObject, memberProblems, optionalWords, words, type Members } from '../rule-members.ts';

/**
 * The HMAC authentication of a webhook source of Amazon EventBridge, member by member as its API has it
 * (`WebhookHmacAuthConfiguration`, model 2025-05-15), without the secret.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-webhook-auth.html
 */
export interface EventBridgeHmac {
  readonly Algorithm: 'SHA256' | 'SHA1';
  readonly Encoding: 'HEX' | 'BASE64';
  readonly SignatureHttpHeader: string;
  readonly SignaturePrefix?: string;
  readonly Delimiter?: string;
  readonly TimestampHttpHeader?: string;
  readonly TimestampPrefix?: string;
  /** 300 unless it says otherwise. */
  readonly TimestampToleranceInSeconds?: number;
  readonly MessageIdHttpHeader?: string;
  readonly SignedMessageComposition: 'BODY' | 'TIMESTAMP_DOT_BODY' | 'MESSAGE_ID_DOT_TIMESTAMP_DOT_BODY';
  /** `RAW` unless it says otherwise. `BASE64` drops a leading `whsec_`. */
  readonly SecretEncoding?: 'RAW' | 'BASE64';
}

const members: Members<EventBridgeHmac> = {
  Algorithm: ['SHA256', 'SHA1'],
  Encoding: ['HEX', 'BASE64'],
  SignatureHttpHeader: words,
  SignaturePrefix: optionalWords,
  // A space is one, so it need not have words in it.
  Delimiter: { wanted: 'text', fits: (value) => typeof value === 'string' && value !== '', optional: true },
  TimestampHttpHeader: optionalWords,
  TimestampPrefix: optionalWords,
  TimestampToleranceInSeconds: {
    wanted: 'a number of seconds from 1 to 900',
    fits: (value) => typeof value === 'number' && value >= 1 && value <= 900,
    optional: true,
  },
  MessageIdHttpHeader: optionalWords,
  SignedMessageComposition: ['BODY', 'TIMESTAMP_DOT_BODY', 'MESSAGE_ID_DOT_TIMESTAMP_DOT_BODY'],
  SecretEncoding: {
    wanted: 'one of RAW, BASE64',
    fits: (value) => value === 'RAW' || value === 'BASE64',
    optional: true,
  },
};

/** The configuration in a JSON value: itself, or where `create-event-source` and its like have it. */
function hmacOf(value: unknown): Record<string, unknown> | undefined {
  let held = value as Record<string, unknown> | undefined;
  for (const name of ['WebhookConfiguration', 'AuthConfiguration', 'HmacAuthConfiguration']) {
    if (isObject(held?.[name])) held = held?.[name] as Record<string, unknown>;
  }
  return isObject(held) && held?.['SignedMessageComposition'] !== undefined ? held : undefined;
}

/** Whether a JSON value is the configuration of such a source. */
export function isEventBridgeSource(value: unknown): boolean {
  return isObject(value) && hmacOf(value) !== undefined;
}

/**
 * The scheme by which such a source verifies its requests.
 *
 * @throws TypeError naming a member that is missing, unknown or of another value than EventBridge takes; one that does not go with
 * the others
 */
export function eventBridgeScheme(value: unknown): Scheme {
  const { SecretValue: _, ...given } = hmacOf(value) ?? {};
  const [problem] = memberProblems('HmacAuthConfiguration', given, members);
  if (problem !== undefined) throw new TypeError(problem);
  const source = given as unknown as EventBridgeHmac;
  const { SignedMessageComposition: composition, Delimiter: list } = source;
  const id = composition === 'MESSAGE_ID_DOT_TIMESTAMP_DOT_BODY';
  const parts: PartRule[] = [{ name: 'body', source: { from: 'body' }, after: '' }];
  if (composition !== 'BODY') parts.unshift({ name: 'timestamp', source: { from: 'date' }, after: '.' });
  if (id) {
    const header = needed(source, 'MessageIdHttpHeader').toLowerCase();
    parts.unshift({
      name: 'message-id',
      source: { from: 'header', header, absent: 'refused' },
      after: '.',
      excludes: '.',
    });
  }
  return {
    id: 'eventbridge-source',
    title: 'Webhook source of EventBridge',
    documentation: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-webhook-auth.html',
    signer: 'provider',
    key: { encoding: source.SecretEncoding === 'BASE64' ? 'whsec' : 'utf8' },
    mac: {
      algorithm: source.Algorithm === 'SHA1' ? 'sha1' : 'sha256',
      encoding: source.Encoding === 'HEX' ? 'hex' : 'base64',
    },
    ...(composition !== 'BODY' && { date: dateOf(source) }),
    authorization: {
      header: source.SignatureHttpHeader.toLowerCase(),
      template: templateOf(source),
      ...(list !== undefined && { list }),
    },
    parts,
    ...(id && { nonce: 'message-id' }),
  };
}

function dateOf(source: EventBridgeHmac): NonNullable<Scheme['date']> {
  const header = needed(source, 'TimestampHttpHeader').toLowerCase();
  const { TimestampToleranceInSeconds: toleranceSeconds = 300 } = source;
  if (isBeside(source)) return { headers: [], format: 'epoch-seconds', toleranceSeconds };
  if (source.TimestampPrefix !== undefined)
    throw new TypeError('`TimestampPrefix` of a header of its own cannot be said in a scheme: leave it out');
  return { headers: [header], format: 'epoch-seconds', toleranceSeconds };
}

function templateOf(source: EventBridgeHmac): string {
  const { SignaturePrefix: prefix = '', TimestampPrefix: before = '', Delimiter: delimiter = '' } = source;
  if (/[{}]/.test(prefix + before + delimiter)) throw new TypeError('a prefix or the delimiter has a brace');
  if (source.SignedMessageComposition === 'BODY' || !isBeside(source)) return `${prefix}{signature}`;
  needed(source, 'Delimiter');
  needed(source, 'SignaturePrefix');
  needed(source, 'TimestampPrefix');
  return `${before}{date}${delimiter}${prefix}{signature}`;
}

function isBeside({ SignatureHttpHeader: signature, TimestampHttpHeader: timestamp }: EventBridgeHmac): boolean {
  return timestamp?.toLowerCase() === signature.toLowerCase();
}

function needed(
  source: EventBridgeHmac,
  name: 'TimestampHttpHeader' | 'MessageIdHttpHeader' | 'Delimiter' | 'SignaturePrefix' | 'TimestampPrefix',
): string {
  const value = source[name];
  if (value === undefined)
    throw new TypeError(`\`${name}\` is missing: ${source.SignedMessageComposition} needs it here`);
  return value;
}
