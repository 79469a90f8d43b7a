import { isForm } from '../../canonical/parameters.ts';
import { headerValue } from '../../message.ts';
import { formFixes } from '../fixes/form.ts';
import { refusalOf } from '../reading/refusal.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

interface NoForm {
  readonly kind: 'no form';
}

/** A body that is no form, in a scheme that signs the fields of forms alone: the signature says nothing of it. */
export const schemeFormOnly: MistakeClass<NoForm> = {
  id: 'scheme/form-only',
  rank: 494,
  needs: 'form fields',
  besideProof(evidence, steps) {
    const { message } = evidence;
    if (steps.length > 0 || message.body.length === 0 || isForm(message.headers)) return undefined;
    if (refusalOf(evidence)?.code !== 'body/malformed') return undefined;
    const detail: NoForm = { kind: 'no form' };
    const type = headerValue(message.headers, 'content-type') ?? '';
    return { detail, part: 'content-type', yours: type, expected: form, certainty: 'certain' };
  },
  say: (_, { yours, evidence }) =>
    `The signature is right and says nothing of the body: ${evidence.scheme.id} signs the fields of a form, and the Content-Type ${yours === '' ? 'is missing' : `is "${yours}"`}. Verification refuses such a request (body/malformed), because anybody could have put another body into it.`,
  fixes: formFixes,
};

const form = 'application/x-www-form-urlencoded';
