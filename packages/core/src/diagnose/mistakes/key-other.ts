import { told, type Told } from '../search/told.ts';
import type { Evidence } from '../reading/evidence.ts';
import { sameKeyId } from '../reading/key-id.ts';
import type { Finding, KeyTextMove, MistakeClass } from '../search/mistake-class.ts';
import { keyFingerprint, secretText } from '../text/secret-text.ts';

interface NamedOther {
  readonly kind: 'named';
  readonly named: string;
  readonly own: string;
}

/** Another key altogether. */
export const keyOther: MistakeClass<Told | NamedOther> = {
  id: 'key/other',
  rank: 100,
  needs: 'nothing',
  inVain: namedOtherKey,
  keyTexts: (text, evidence) => otherKeys(text, evidence),
  speaksOf: ({ kind }) =>
    kind === 'right string'
      ? told('your string to sign is right byte for byte, and this key does not give that signature')
      : undefined,
  say: (detail) =>
    detail.kind === 'named'
      ? `The signature was probably made with another key: the request names the key "${detail.named}", and the secret given belongs to "${detail.own}".`
      : `The signature was made with another key: ${detail.how}.`,
  noteInVain: ({ scheme, credential }, key) =>
    `The key given: ${keyFingerprint(secretText(credential.secret))}; ${key.bytes.length} bytes as ${scheme.id} reads it. Compare with the key that the signer has, and name further keys if there are any.`,
  fixes: {
    javascript:
      'const secret = process.env.SIGNING_SECRET; // the secret that belongs to the resource or application you call',
    python: "secret = os.environ['SIGNING_SECRET']  # the secret that belongs to the resource or application you call",
    csharp:
      'var secret = configuration["Signing:Secret"]; // the secret that belongs to the resource or application you call',
    java: 'String secret = System.getenv("SIGNING_SECRET"); // the secret that belongs to the resource or application you call',
    php: "$secret = getenv('SIGNING_SECRET'); // the secret that belongs to the resource or application you call",
    postman: "const key = pm.variables.get('key'); // check which environment is selected",
  },
};

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

/** The request names another key than the one it is judged by. */
function namedOtherKey({ authorization, credential, scheme }: Evidence): Finding<NamedOther> | undefined {
  const named = authorization?.fields.keyId;
  const own = credential.keyId;
  if (named === undefined || own === undefined || sameKeyId(named, own)) return undefined;
  if (!scheme.authorization.template.includes('{keyId}')) return undefined;
  return {
    detail: { kind: 'named', named, own },
    part: 'authorization',
    yours: named,
    expected: own,
    certainty: 'likely',
  };
}

function* otherKeys(text: string, evidence: Evidence): Generator<KeyTextMove<Told>> {
  const { credential, options, authorization, variables } = evidence;
  for (const [index, other] of (options.alsoSecrets ?? []).entries()) {
    const name = other.name ?? other.keyId ?? `number ${index + 1} of the further secrets`;
    yield {
      detail: told(`it matches the key you named "${name}"`),
      cost: 1,
      text: secretText(other.secret),
      anyReading: true,
    };
  }
  for (const [name, value] of variables) {
    if (value !== text && value !== '')
      yield { detail: told(`it matches the value of the variable ${name}`), cost: 2, text: value };
  }
  yield { detail: told('it is empty'), cost: 1, text: '', noKey: true, anyReading: true };
  for (const keyId of new Set([credential.keyId, authorization?.fields.keyId])) {
    if (keyId === undefined || keyId === '') continue;
    yield { detail: told('the key id was used as the secret'), cost: 1, text: keyId, noKey: true, anyReading: true };
    yield {
      detail: told('the key id was used as the secret, without its hyphens'),
      cost: 3,
      text: keyId.replaceAll('-', ''),
      noKey: true,
    };
    yield {
      detail: told('key id and secret, joined by a colon, were used as the secret'),
      cost: 2,
      text: `${keyId}:${text}`,
      noKey: true,
    };
  }
  const host = evidence.host;
  if (host !== undefined) {
    for (const scheme of ['https', 'http']) {
      for (const end of ['/;', ';']) {
        yield {
          detail: told('the whole connection string was used as the key'),
          cost: 2,
          text: `endpoint=${scheme}://${host}${end}accesskey=${text}`,
          noKey: true,
        };
      }
    }
  }
  for (const name of new Set([...placeholders, ...variables.keys()])) {
    for (const literal of [`{{${name}}}`, `\${${name}}`, `<${name}>`, `{${name}}`, name]) {
      const cost = name === 'key' || name === 'secret' || variables.has(name) ? 2 : 3;
      yield { detail: told(`the text ${literal} was used as the key`), cost, text: literal, noKey: true };
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
      detail: told(`the text "${literal}" was used as the key`),
      cost: literal === 'undefined' || literal === 'null' ? 2 : 3,
      text: literal,
      noKey: true,
    };
  }
}
