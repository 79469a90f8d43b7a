import { derivedKey, scopedMac } from '../../parts/derived-key.ts';
import type { HashAlgorithm, Mac } from '../../digest/algorithms.ts';
import { bytesOf } from '../../canonical/byte-encoding.ts';
import { keyDecoders } from '../../canonical/key-encoding.ts';
import { whiteSpace, withoutEnd, withoutStart } from '../../canonical/trimming.ts';
import type { Evidence } from './evidence.ts';
import { decodeLenientBase64 } from '../text/lenient-base64.ts';
import { secretText } from '../text/secret-text.ts';

/** The key as the scheme reads it, and whether the text given is clean. */
export interface RightKey {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly clean: boolean;
  /** Whether it stands behind the message that is hashed (`md5-suffix`), and is no key of HMAC. */
  readonly isSuffix: boolean;
  /** What signs with a secret, where a key is derived from it. */
  readonly derive?: ((secret: Uint8Array, algorithm: HashAlgorithm) => Mac) | undefined;
}

const strayMarks = `${whiteSpace}"'\`\u2018\u2019\u201c\u201d\u200b`;

/** Reads the secret by the scheme's rule; a text that the rule refuses is cleaned as far as is safe. */
export function rightKey(evidence: Evidence): RightKey {
  return { ...readKey(evidence), derive: derivation(evidence) };
}

/** How a key is derived from a secret for this request. */
function derivation({ scheme, date, authorization }: Evidence): RightKey['derive'] {
  const rule = scheme.key.derived;
  if (!rule) return undefined;
  const given = { date: date?.text ?? '', fields: authorization?.fields.fields };
  const scope = given.fields?.[rule.field] ?? '';
  return (secret, algorithm) => scopedMac(rule, derivedKey(rule, secret, scope), given, algorithm);
}

function readKey({ scheme, credential }: Evidence): RightKey {
  const text = secretText(credential.secret);
  const { encoding } = scheme.key;
  const isSuffix = scheme.mac.algorithm === 'md5-suffix';
  const strict = (candidate: string): Uint8Array | undefined => {
    if (candidate === '') return undefined;
    return keyDecoders.get(encoding)?.(candidate);
  };
  if (typeof credential.secret !== 'string')
    return { bytes: credential.secret.expose().bytes, text, clean: true, isSuffix };
  const exact = strict(text);
  if (exact) return { bytes: exact, text, clean: true, isSuffix };
  const trimmed = withoutStart(withoutEnd(text, `${strayMarks};,`), strayMarks);
  for (const candidate of [trimmed, trimmed.replace(/^.*accesskey=/is, ''), trimmed.replaceAll(' ', '+')]) {
    const bytes = strict(candidate);
    if (bytes) return { bytes, text: candidate, clean: false, isSuffix };
  }
  return {
    bytes:
      encoding === 'base64' || encoding === 'whsec' ? decodeLenientBase64(text.replace(/^whsec_/, '')) : bytesOf(text),
    text: trimmed,
    clean: false,
    isSuffix,
  };
}
