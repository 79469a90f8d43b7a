import { declaredProblem } from '../reading/declared-signature.ts';
import { ownSignedHeaders } from '../reading/own-signed-headers.ts';
import { headerValue } from '../../message.ts';
import { authorizationFixes } from '../fixes/authorization.ts';
import type { Evidence } from '../reading/evidence.ts';
import { isKeyIdAlone } from '../reading/positional-authorization.ts';
import { sentSecret } from '../reading/sent-secret.ts';
import type { Finding, MistakeClass } from '../search/mistake-class.ts';

type Malformed =
  | { readonly kind: 'no header' | 'no likeness' | 'key id alone'; readonly name: string }
  /** Of the two headers of a signature that declares its components. */
  | { readonly kind: 'undeclared'; readonly why: string }
  | { readonly kind: 'key sent'; readonly where: string }
  | { readonly kind: 'slips'; readonly slips: readonly string[] }
  | { readonly kind: 'cut'; readonly left: 'start' | 'end'; readonly length: number };

/** The header that carries the signature does not have its shape. */
export const headerAuthorizationSyntax: MistakeClass<Malformed> = {
  id: 'header/authorization-syntax',
  rank: 10,
  needs: 'nothing',
  lintSaysMore: true,
  lint: (evidence) => {
    const { authorization } = evidence;
    if (authorization?.fields.signature === undefined) return nothingSigned(evidence);
    return authorization.slips.length > 0
      ? {
          detail: { kind: 'slips', slips: authorization.slips },
          part: 'authorization',
          yours: authorization.value,
          expected: authorization.corrected,
        }
      : undefined;
  },
  speaksOf: (find, { authorization }) => {
    if (find.kind !== 'signature' || find.reading.extent === 'whole') return undefined;
    const { length } = authorization?.fields.signature ?? '';
    return { kind: 'cut', left: find.reading.extent, length };
  },
  say: (detail, { evidence }) => {
    const { header, parameter, template } = evidence.scheme.authorization;
    const carrier = parameter === undefined ? `${header} header` : `parameter ${parameter}`;
    switch (detail.kind) {
      case 'no header':
        return `The request carries no signature: it has no ${detail.name}.`;
      case 'no likeness':
        return `The request carries no signature: its ${detail.name} does not resemble "${template}".`;
      case 'undeclared':
        return `The request carries no signature that can be read: ${detail.why}.`;
      case 'key id alone':
        return `The request carries no signature: its ${detail.name} has a key id and nothing after it, where "${template}" belongs.`;
      case 'key sent':
        return `The request carries no signature: the key itself was sent, in ${detail.where}. The key stays with you and signs; what is sent is "${parameter === undefined ? `${header}: ` : `${parameter}=`}${template}". If the request went anywhere but to your own machine, replace the key.`;
      case 'slips':
        return `The ${carrier} is malformed: ${detail.slips.join('; ')}.`;
      case 'cut':
        return detail.left === 'start'
          ? `The ${carrier} is malformed: the signature is cut after ${detail.length} characters.`
          : `The ${carrier} is malformed: the beginning of the signature is cut off (${detail.length} characters are left).`;
    }
  },
  fixes: (evidence) => authorizationFixes(evidence.scheme, ownSignedHeaders(evidence)),
};

function nothingSigned(evidence: Evidence): Finding<Malformed> {
  const { message, scheme, foreign } = evidence;
  const { header, parameter, template } = scheme.authorization;
  const found = { part: 'authorization', expected: template };
  const where = sentSecret(evidence);
  if (where !== undefined) return { ...found, detail: { kind: 'key sent', where }, yours: '[the key]' };
  const sent = parameter === undefined ? headerValue(message.headers, header) : undefined;
  const name =
    parameter === undefined
      ? `${header.replace(/^./, (letter) => letter.toUpperCase())} header`
      : `parameter ${parameter}`;
  if (sent === undefined) return { ...found, detail: { kind: 'no header', name }, yours: '' };
  const why = declaredProblem(scheme, message);
  if (why !== undefined) return { ...found, detail: { kind: 'undeclared', why }, yours: sent };
  // What follows a word of something else may be a password or a token.
  if (foreign) return { ...found, detail: { kind: 'no likeness', name }, yours: `${foreign.word} …` };
  const isAlone = isKeyIdAlone(sent.trim().replace(/^\w+\s+/, ''));
  return { ...found, detail: { kind: isAlone ? 'key id alone' : 'no likeness', name }, yours: sent };
}
