import { decodeBase64, decodeHex, utf8 } from './byte-encoding.ts';

/** How a secret's text stands for the key's bytes; `whsec` is base64 behind the prefix `whsec_`, which may be left out. */
export type KeyEncoding = 'base64' | 'utf8' | 'hex' | 'whsec';

/** The key's bytes from its text, by encoding; `undefined` for a text that is not of the encoding. */
export const keyDecoders = /* @__PURE__ */ new Map<KeyEncoding, (text: string) => Uint8Array | undefined>([
  ['base64', decodeBase64],
  ['hex', decodeHex],
  ['utf8', (text) => utf8.encode(text)],
  ['whsec', (text) => decodeBase64(text.replace(/^whsec_/, ''))],
]);
