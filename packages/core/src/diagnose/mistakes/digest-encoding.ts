import { signatureMends } from '../mends/digest.ts';
import type { MistakeClass } from '../mistake-class.ts';

/** The right MAC in another encoding. Costs the search nothing: the received text is decoded in every way beforehand. */
export const digestEncoding: MistakeClass = {
  id: 'digest/encoding',
  say: (detail, { yours, evidence }) =>
    `The signature is the right digest written as ${detail} (${yours.slice(0, 24)}…); the scheme writes it as ${evidence.scheme.mac.encoding === 'hex' ? 'lower-case hexadecimal' : 'base64'}.`,
  mends: ({ scheme }) => signatureMends(scheme.mac.algorithm, scheme.mac.encoding),
};
