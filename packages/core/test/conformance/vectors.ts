import { readdirSync, readFileSync } from 'node:fs';
import type { Message } from '@countersign/core/message';
import type { Scheme, SignatureInputOptions } from '@countersign/core/scheme';
import { PublicKey, type PublicKeyCredential } from '@countersign/core/public-key';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { publicKeySchemes, schemes } from '@countersign/core/schemes/catalog';
import { Secret, type Credential } from '@countersign/core/secret';

/** The format is described in vectors/README.md. */
export interface SignVector extends VectorHead {
  readonly date?: string;
  /** False where signing again gives another signature. */
  readonly isDeterministic?: boolean;
  readonly dateHeader?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly stages: {
    readonly contentHash: string;
    readonly parts: Readonly<Record<string, VectorText>>;
    readonly stringToSign: VectorText;
    readonly signature: string;
  };
  readonly adds: readonly (readonly [string, string])[];
  readonly parameters?: readonly (readonly [string, string])[];
  /** What of the request is another one once the parameters are added. */
  readonly signed?: { readonly target?: string; readonly body?: string };
}

/** Text, or bytes that are none. */
export type VectorText = string | { readonly base64: string };

export interface ReceivedVector extends VectorHead {
  readonly now: string;
  readonly outcome: { readonly strict: string; readonly deviation?: string };
  readonly signedByClient?: string;
}

interface VectorHead {
  readonly id: string;
  readonly title: string;
  readonly options?: SignatureInputOptions & { readonly required?: readonly string[] };
  readonly key: {
    readonly id?: string;
    readonly mac?: string;
    readonly secret: string;
    /** Where a private key signs, in place of the secret. */
    readonly public?: string;
    readonly private?: string;
  };
  readonly request: {
    readonly origin?: string;
    readonly method: string;
    readonly target: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string | { readonly base64: string } | { readonly repeat: string; readonly count: number };
  };
}

export interface SchemeVectors<Of = Scheme> {
  readonly scheme: Of;
  readonly sign: readonly SignVector[];
  readonly received: readonly ReceivedVector[];
}

/** The vectors of each scheme of the catalog: those of a kind in all files of its folder. */
export const schemeVectors: readonly SchemeVectors[] = schemes.map(vectorsOf);

/** Those of the schemes that a private key signs for. */
export const publicKeyVectors: readonly SchemeVectors<PublicKeyScheme>[] = publicKeySchemes.map(vectorsOf);

function vectorsOf<Of extends { readonly id: string }>(scheme: Of): SchemeVectors<Of> {
  const folder = new URL(`../../../../vectors/${scheme.id}/`, import.meta.url);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map(
      (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { kind: string; vectors: readonly never[] },
    );
  const ofKind = (kind: string): readonly never[] =>
    files.filter((file) => file.kind === kind).flatMap(({ vectors }) => vectors);
  return { scheme, sign: ofKind('sign'), received: ofKind('received') };
}

/** The scheme as a vector has it: where requests say what they sign, the vector says what they must. */
export function vectorScheme({ options = {} }: VectorHead, scheme: Scheme): Scheme {
  const { required, label, tag } = options;
  if (!scheme.components) return scheme;
  const asked = {
    ...(required && { required }),
    ...(label !== undefined && { label }),
    ...(tag !== undefined && { tag }),
  };
  return { ...scheme, components: { ...scheme.components, ...asked } };
}

export function vectorMessage({ request }: VectorHead, added: SignVector['adds'] = []): Message {
  return { ...request, headers: [...request.headers, ...added], body: bodyBytes(request.body) };
}

/** The request of a vector as a signer must make it. */
export function signedVector(vector: SignVector): Message {
  return vectorMessage({ ...vector, request: { ...vector.request, ...vector.signed } }, vector.adds);
}

/** Bytes as vectors write them. */
export function vectorText(bytes: Uint8Array): VectorText {
  const text = new TextDecoder().decode(bytes);
  return text.includes('\ufffd') ? { base64: Buffer.from(bytes).toString('base64') } : text;
}

export function vectorCredential({ key }: VectorHead, scheme: Scheme): Credential {
  return {
    secret: new Secret(key.secret, scheme.key.encoding),
    ...(key.id !== undefined && { keyId: key.id }),
    ...(key.mac !== undefined && { mac: key.mac }),
  };
}

export function vectorKey({ key }: VectorHead): PublicKeyCredential {
  return { publicKey: new PublicKey(key.public ?? ''), ...(key.id !== undefined && { keyId: key.id }) };
}

function bodyBytes(body: VectorHead['request']['body']): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if ('repeat' in body) return new TextEncoder().encode(body.repeat.repeat(body.count));
  return Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0));
}
