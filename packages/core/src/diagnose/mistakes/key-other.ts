import { secretOfConnectionString, secretOfResource } from '../fixes/secret.ts';
import { encodeBase64, utf8 } from '../../canonical/byte-encoding.ts';
import { programNames } from '../../providers/program-names.ts';
import type { Evidence } from '../reading/evidence.ts';
import { sameKeyId } from '../reading/key-id.ts';
import type { Finding, KeyTextMove, MistakeClass } from '../search/mistake-class.ts';
import { isKeyFileName, keyFileNames } from '../text/key-file-names.ts';
import { keyFingerprint, secretText } from '../text/secret-text.ts';

type OtherKey =
  | { readonly kind: 'other named'; readonly named: string; readonly own: string }
  | { readonly kind: 'right string' | 'empty' }
  /** One of the further secrets: its name, or its place (from 1) among them. */
  | { readonly kind: 'further secret'; readonly name: string | number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'key id' | 'key id without hyphens' | 'key id and secret' | 'key id and secret, encoded' }
  | FromConnectionString
  | { readonly kind: 'placeholder' | 'word' | 'file name'; readonly text: string };

interface FromConnectionString {
  readonly kind: 'connection string';
  readonly piece: 'whole' | 'another piece';
}

/** Another key altogether. */
export const keyOther: MistakeClass<OtherKey> = {
  id: 'key/other',
  rank: 100,
  needs: 'nothing',
  inVain: namedOtherKey,
  keyTexts: (text, evidence) => otherKeys(text, evidence),
  rareKeyTexts: () => rareTexts(),
  speaksOf: ({ kind }) => (kind === 'right string' ? { kind } : undefined),
  say: (detail) =>
    `The signature was ${detail.kind === 'other named' ? 'probably ' : ''}made with another key: ${inWords(detail)}.`,
  notes: function* ({ credential }) {
    const text = secretText(credential.secret);
    if (isKeyFileName(text))
      yield 'What was given as the secret is the name of a file: the key is what the file holds, and by a name anybody can sign.';
  },
  noteInVain: ({ scheme, credential }, key) =>
    `The key given: ${keyFingerprint(secretText(credential.secret))}; ${key.bytes.length} bytes as ${scheme.id} reads it. Compare with the key that the signer has, and name further keys if there are any.`,
  fixes: ({ scheme }, { kind }) =>
    kind === 'connection string' ? secretOfConnectionString(scheme) : secretOfResource(scheme),
};

function inWords(detail: OtherKey): string {
  switch (detail.kind) {
    case 'other named':
      return `the request names the key "${detail.named}", and the secret given belongs to "${detail.own}"`;
    case 'right string':
      return 'your string to sign is right byte for byte, and this key does not give that signature';
    case 'empty':
      return 'it is empty (or nothing but zero bytes, which HMAC takes for the same)';
    case 'further secret': {
      const name = typeof detail.name === 'number' ? `number ${detail.name} of the further secrets` : detail.name;
      return `it matches the key you named "${name}"`;
    }
    case 'variable':
      return `it matches the value of the variable ${detail.name}`;
    case 'key id':
      return 'the key id was used as the secret';
    case 'key id without hyphens':
      return 'the key id was used as the secret, without its hyphens';
    case 'key id and secret':
      return 'key id and secret, joined by a colon, were used as the secret';
    case 'key id and secret, encoded':
      return 'the base64 text of key id, colon and secret was used as the secret, as Basic authentication has it';
    case 'connection string':
      return detail.piece === 'whole'
        ? 'the whole connection string was used as the key'
        : 'another piece of the connection string was used as the key';
    case 'placeholder':
      return `the text ${detail.text} was used as the key`;
    case 'file name':
      return `the name of a file, "${detail.text}", was used as the key, and not what the file holds`;
    case 'word':
      return `the text "${detail.text}" was used as the key`;
  }
}

const placeholders = [
  'key',
  'accessKey',
  'accesskey',
  'access_key',
  'secret',
  'apiKey',
  'api_key',
  'applicationSecret',
  'application_secret',
  'SECRET',
  'KEY',
  'primaryKey',
  'secretKey',
  'hmacKey',
  'your_secret',
];

/** Names of environment variables, which a shell leaves as they stand between single quotes. */
const environmentNames = [
  ...programNames.keyVariables,
  'ACCESS_KEY',
  'CONNECTION_STRING',
  'APP_SECRET',
  'APPLICATION_SECRET',
  'WEBHOOK_SECRET',
  'SIGNING_KEY',
  'HMAC_KEY',
  'SECRET_KEY',
  'KEY',
  'SECRET',
  'key',
  'secret',
];

/** The request names another key than the one it is judged by. */
function namedOtherKey({ authorization, credential, scheme }: Evidence): Finding<OtherKey> | undefined {
  const named = authorization?.fields.keyId;
  const own = credential.keyId;
  if (named === undefined || own === undefined || sameKeyId(named, own)) return undefined;
  if (!scheme.authorization.template.includes('{keyId}')) return undefined;
  return {
    detail: { kind: 'other named', named, own },
    part: 'authorization',
    yours: named,
    expected: own,
    certainty: 'likely',
  };
}

/** The whole connection string, or another piece of it than the key. */
function* ofConnectionString(host: string, key: string): Generator<KeyTextMove<FromConnectionString>> {
  for (const scheme of ['https', 'http']) {
    for (const end of ['/', '']) {
      const url = `${scheme}://${host}${end}`;
      const whole: FromConnectionString = { kind: 'connection string', piece: 'whole' };
      yield { detail: whole, cost: 2, text: `endpoint=${url};accesskey=${key}`, noKey: true };
      yield { detail: whole, cost: 3, text: `endpoint=${url};accesskey=${key};`, noKey: true };
      const other: FromConnectionString = { kind: 'connection string', piece: 'another piece' };
      // What a split at "=" or ";" leaves.
      for (const piece of [`${url};accesskey`, `endpoint=${url}`, `endpoint=${url};`, url])
        yield { detail: other, cost: 3, text: piece, noKey: true };
    }
  }
}

function* otherKeys(text: string, evidence: Evidence): Generator<KeyTextMove<OtherKey>> {
  const { credential, options, authorization, variables } = evidence;
  for (const [index, other] of (options.alsoSecrets ?? []).entries()) {
    yield {
      detail: { kind: 'further secret', name: other.name ?? other.keyId ?? index + 1 },
      cost: 1,
      text: secretText(other.secret),
      anyReading: true,
    };
  }
  for (const [name, value] of variables) {
    if (value !== text && value !== '') yield { detail: { kind: 'variable', name }, cost: 2, text: value };
  }
  yield { detail: { kind: 'empty' }, cost: 1, text: '', noKey: true, anyReading: true };
  for (const keyId of new Set([credential.keyId, authorization?.fields.keyId])) {
    if (keyId === undefined || keyId === '') continue;
    yield { detail: { kind: 'key id' }, cost: 1, text: keyId, noKey: true, anyReading: true };
    yield {
      detail: { kind: 'key id without hyphens' },
      cost: 3,
      text: keyId.replaceAll('-', ''),
      noKey: true,
    };
    yield {
      detail: { kind: 'key id and secret' },
      cost: 2,
      text: `${keyId}:${text}`,
      noKey: true,
    };
    yield {
      detail: { kind: 'key id and secret, encoded' },
      cost: 3,
      text: encodeBase64(utf8.encode(`${keyId}:${text}`)),
      noKey: true,
    };
  }
  if (evidence.host !== undefined) yield* ofConnectionString(evidence.host, text);
  for (const name of new Set([...placeholders, ...variables.keys()])) {
    for (const literal of [`{{${name}}}`, `\${${name}}`, `<${name}>`, `{${name}}`, name]) {
      const cost = name === 'key' || name === 'secret' || variables.has(name) ? 2 : 3;
      yield { detail: { kind: 'placeholder', text: literal }, cost, text: literal, noKey: true };
    }
  }
  for (const literal of [
    'undefined',
    'null',
    'None',
    'nil',
    'changeme',
    'test',
    'password',
    'YOUR_SECRET',
    '[object Object]',
    '[secret]',
    '***',
    'false',
    '0',
  ]) {
    yield {
      detail: { kind: 'word', text: literal },
      cost: literal === 'undefined' || literal === 'null' ? 2 : 3,
      text: literal,
      noKey: true,
    };
  }
}

function* rareTexts(): Generator<KeyTextMove<OtherKey>> {
  for (const text of keyFileNames) yield { detail: { kind: 'file name', text }, cost: 4, text, noKey: true };
  yield* unexpandedVariables();
}

function* unexpandedVariables(): Generator<KeyTextMove<OtherKey>> {
  for (const name of environmentNames) {
    for (const literal of [`$${name}`, `\${${name}}`, `%${name}%`, `{{${name}}}`, `$env:${name}`, name])
      yield { detail: { kind: 'placeholder', text: literal }, cost: 4, text: literal, noKey: true };
  }
}
