import { decodeBase64, decodeBase64Url, textOfUtf8 } from '../canonical/byte-encoding.ts';
import { CountersignError } from '../errors.ts';

/** What a text with a key holds: the bytes behind its encoding, and what PEM calls them; or a JSON Web Key. */
export type KeyText =
  | { readonly bytes: Uint8Array; readonly label?: string | undefined }
  | { readonly jwk: Readonly<Record<string, unknown>> };

/** Longer than any key: what is longer is something else, and is not looked at. */
const longestText = 64 * 1024;

/**
 * Reads a key's text as far as its encoding. Bytes that are text (a file that was read) are read as that.
 *
 * @param wanted what is looked for, for messages: `public key` or `private key`
 * @throws CountersignError `key/empty`, `key/malformed`, or `key/kind` naming what the text is instead; without the text
 * @internal
 */
export function readKeyText(given: unknown, wanted: string): KeyText {
  if (given instanceof Uint8Array) {
    const text = given.length === 32 ? undefined : textOfUtf8(given);
    return text !== undefined && /^[\s\x21-\x7e]+$/.test(text) ? readKeyText(text, wanted) : { bytes: given };
  }
  if (typeof given === 'object' && given !== null) return { jwk: given as Readonly<Record<string, unknown>> };
  if (typeof given !== 'string' || given.trim() === '')
    throw new CountersignError('key/empty', `the ${wanted} is not set, empty, or no text`);
  const text = given.trim();
  const malformed = (what: string): CountersignError =>
    new CountersignError('key/malformed', `the ${wanted} cannot be read: it is ${what}`);
  if (text.length > longestText) throw malformed(`a text of ${text.length} characters`);
  if (text.includes('-----BEGIN')) return readPem(text, malformed);
  if (text.startsWith('{')) return readJson(text, malformed);
  const instead = otherTexts.find(([pattern]) => pattern.test(text));
  if (instead) throw new CountersignError('key/kind', `no ${wanted}: it is ${instead[1]}`);
  const bare = text.replace(/^wh[ps]k_/, '');
  const bytes = decodeBase64(bare) ?? decodeBase64Url(bare);
  if (bytes) return { bytes };
  if (/[/\\.]/.test(text) && /\.(?:pem|pub|der|key|p8|cer|crt|txt|json)$/i.test(text))
    throw malformed('the name of a file; its content is wanted');
  throw malformed(`${text.length} characters that are neither PEM, base64 nor JSON${oddity(bare)}`);
}

/** Texts that people have in the place of a key. */
const otherTexts: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) [A-Za-z0-9+/=]+/,
    'an OpenSSH public key; ssh-keygen -e -m PKCS8 -f FILE writes RSA and EC keys as PEM',
  ],
  [/^v?1?,?whsec_/, 'a shared secret (whsec_) for HMAC, which is another scheme'],
  [/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/, 'a JSON Web Token'],
  [/^(?:[0-9a-f]{2}){32,}$/i, 'hexadecimal; write the same bytes in base64'],
];

/** What is often wrong with a text that does not decode. None of it shows the text. */
function oddity(text: string): string {
  if (/\s/.test(text)) return ', with white space inside';
  return /["'`]/.test(text) ? ', with quotes' : '';
}

function readPem(text: string, malformed: (what: string) => CountersignError): KeyText {
  const [first, second] = text.matchAll(/-----BEGIN ([^-]*)-----/g);
  if (second) throw malformed('several PEM blocks; bring the one that is meant');
  const label = first?.[1] ?? '';
  const [begin, end] = [`-----BEGIN ${label}-----`, `-----END ${label}-----`];
  if (text.includes('\\n')) throw malformed('PEM with the two characters \\ and n in place of its line breaks');
  if (!text.startsWith(begin) || !text.endsWith(end)) throw malformed('PEM with text around it, or without its end');
  const inner = text.slice(begin.length, -end.length);
  if (/^(?:Proc-Type|DEK-Info):/m.test(inner)) return { bytes: new Uint8Array(), label: `ENCRYPTED ${label}` };
  const bytes = decodeBase64(inner.replace(/\s+/g, ''));
  if (!bytes?.length) throw malformed('PEM whose inside is no base64');
  return { bytes, label };
}

function readJson(text: string, malformed: (what: string) => CountersignError): KeyText {
  try {
    return { jwk: JSON.parse(text) as Readonly<Record<string, unknown>> };
  } catch {
    throw malformed('JSON that cannot be read');
  }
}
