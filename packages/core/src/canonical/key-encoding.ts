import { decodeBase64, decodeHex, utf8 } from './byte-encoding.ts';

/** How a secret's text stands for the key's bytes. */
export type KeyEncoding = 'base64' | 'utf8' | 'hex';

/** The key's bytes from its text, by encoding; `undefined` for a text that is not of the encoding. */
export const keyDecoders = /* @__PURE__ */ new Map<KeyEncoding, (text: string) => Uint8Array | undefined>([
  ['base64', decodeBase64],
  ['hex', decodeHex],
  ['utf8', (text) => utf8.encode(text)],
]);
