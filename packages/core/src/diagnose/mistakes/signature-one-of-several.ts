import { verdictOf } from '../reading/refusal.ts';
import type { NoteClass } from '../report/note-class.ts';

/** Several signatures stand beside each other while a secret is rolled: whoever compares the first alone refuses some. */
export const signatureOneOfSeveral: NoteClass = {
  id: 'signature/one-of-several',
  note: ({ evidence, verdict }) => {
    const { authorization } = evidence;
    const others = authorization?.fields.otherSignatures ?? [];
    if (!authorization || others.length === 0) return undefined;
    const count = others.length + 1;
    if (verdict === 'unexplained')
      return `The request carries ${count} signatures, and none of them is of the secret given: while a secret is rolled, each is made with another one. Give the secret of the very endpoint, or the further ones.`;
    const judged = verdict === 'valid' ? verdictOf(evidence) : undefined;
    if (!judged?.ok) return undefined;
    const place = [authorization.fields.signature, ...others].indexOf(judged.signature);
    if (place < 1) return undefined;
    return `The request carries ${count} signatures, and number ${place + 1} is the right one: a receiver that compares the first alone refuses it, and has to accept any of them.`;
  },
};
