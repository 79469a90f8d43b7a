import '#digest/sha1';
import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../parts/url.ts';
import '../places/date.ts';
import type { PartRule, PartSource, Scheme } from '../scheme.ts';

/**
 * Requests of Vapi to a server whose custom credential has the plan "HMAC", with its defaults: HMAC-SHA256 of time and body. The
 * key is the plan's `secretKey`, as text. A plan may set all of it otherwise: `vapiPlan` makes a scheme of one. Vapi does not say
 * whether the time is in seconds or milliseconds, so both are read.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows it.
 *
 * @see https://docs.vapi.ai/server-url/server-authentication
 */
export const vapi: Scheme = {
  id: 'vapi',
  title: 'Vapi request, HMAC plan',
  documentation: 'https://docs.vapi.ai/server-url/server-authentication',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  // Vapi says nothing of a window.
  date: { headers: ['x-timestamp'], format: 'epoch', toleranceSeconds: 5 * 60 },
  authorization: { header: 'x-signature', template: '{signature}' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};

/** A plan "HMAC" of a custom credential, member by member as Vapi's API has it (`HMACAuthenticationPlan`), its secret left out. */
export interface VapiHmacPlan {
  readonly algorithm: 'sha256' | 'sha512' | 'sha1';
  /** `x-signature` unless it says otherwise. */
  readonly signatureHeader?: string;
  /** `x-timestamp` unless it says otherwise. */
  readonly timestampHeader?: string;
  /** What stands before the signature, for example `sha256=`. */
  readonly signaturePrefix?: string;
  readonly includeTimestamp?: boolean;
  /** The string to sign, with `{body}`, `{timestamp}`, `{method}`, `{url}` and `{svix-id}`; `{timestamp}.{body}` by default. */
  readonly payloadFormat?: string;
  /** The header of the id that `{svix-id}` stands for. */
  readonly messageIdHeader?: string;
  readonly signatureEncoding?: 'hex' | 'base64';
  /** Whether the secret is base64; else its text is the key. */
  readonly secretIsBase64?: boolean;
}

/**
 * The scheme of a plan. Where its format lets bytes of one value count as another's (`{url}{body}`), the scheme says so in
 * `ambiguous`; where it has no `{timestamp}`, an old request verifies for ever. Of SHA-512 the web build needs
 * `@countersign/core/sha512`.
 *
 * @throws TypeError when the format has no `{body}`, an unknown placeholder or one twice; when it has `{svix-id}` and the plan
 * no `messageIdHeader`, or `{timestamp}` and the plan includes none; when the prefix has a brace
 */
export function vapiPlan(plan: VapiHmacPlan): Scheme {
  const { algorithm, signatureEncoding: encoding = 'hex', signaturePrefix: prefix = '' } = plan;
  const lower = (name: string): string => name.toLowerCase();
  const hasTime = plan.includeTimestamp ?? true;
  const format = plan.payloadFormat ?? (hasTime ? '{timestamp}.{body}' : '{body}');
  const sources: Readonly<Record<string, PartSource | undefined>> = {
    body: { from: 'body' },
    method: { from: 'method' },
    url: { from: 'url', form: 'as-sent' },
    ...(hasTime && { timestamp: { from: 'date' } }),
    ...(plan.messageIdHeader !== undefined && {
      'svix-id': { from: 'header', header: lower(plan.messageIdHeader), absent: 'refused' },
    }),
  };
  const [before = '', ...pieces] = format.split(/\{([^{}]*)\}/);
  const parts: PartRule[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const [name = '', after = ''] = pieces.slice(at, at + 2);
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
    if (!source) throw new TypeError(`payloadFormat has {${name}}, which this plan gives no value`);
    if (parts.some((part) => part.name === name)) throw new TypeError(`payloadFormat has {${name}} twice`);
    const excludes = name === 'svix-id' && after !== '' ? { excludes: after.slice(0, 1) } : {};
    parts.push({ name, source, ...(at === 0 && before !== '' && { before }), after, ...excludes });
  }
  const has = (name: string): boolean => parts.some((part) => part.name === name);
  if (!has('body')) throw new TypeError('payloadFormat has no {body}');
  if (/[{}]/.test(prefix)) throw new TypeError('signaturePrefix has a brace');
  const header = lower(plan.timestampHeader ?? 'x-timestamp');
  return {
    id: vapi.id,
    title: vapi.title,
    documentation: vapi.documentation,
    signer: 'provider',
    key: { encoding: plan.secretIsBase64 ? 'base64' : 'utf8' },
    mac: { algorithm, encoding },
    ...(has('timestamp') && { date: { headers: [header], format: 'epoch', toleranceSeconds: 5 * 60 } }),
    authorization: { header: lower(plan.signatureHeader ?? 'x-signature'), template: `${prefix}{signature}` },
    parts,
    ...(has('svix-id') && { nonce: 'svix-id' }),
    ...(!isReadInOneWay(parts) && { ambiguous: "the plan's format separates values by what they may hold" }),
  };
}

/** Whether every value but one ends where its separator begins. */
function isReadInOneWay(parts: readonly PartRule[]): boolean {
  const open = parts.filter(({ name, after }, at) => {
    const around = at === parts.length - 1 ? (parts[at - 1]?.after ?? '') : after;
    if (name === 'svix-id') return around === '' || (at === parts.length - 1 && at > 0);
    return name !== 'timestamp' || around === '' || /\d/.test(around);
  });
  return open.length < 2;
}
