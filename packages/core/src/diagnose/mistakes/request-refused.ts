import { isForm } from '../../canonical/parameters.ts';
import { rowOf } from '../../parts/sources.ts';
import { authorizationFixes } from '../fixes/authorization.ts';
import { methodFixes } from '../fixes/method.ts';
import { sentHeaderFixes } from '../fixes/sent-header.ts';
import { targetFixes } from '../fixes/target.ts';
import type { Evidence } from '../reading/evidence.ts';
import { ownSignedHeaders } from '../reading/own-signed-headers.ts';
import { isPresigned } from '../reading/presigned.ts';
import { refusalOf, type Refused } from '../reading/refusal.ts';
import type { Finding, MistakeClass } from '../search/mistake-class.ts';
import type { Slot } from '../reading/layout.ts';

interface Refusal extends Refused {
  readonly kind: 'refused';
  /** The part that it is about, where it is about one. */
  readonly part: string;
}

/**
 * The signature is right, and no verifier may accept the request: a signed value could be read in two ways, one is there twice
 * or missing, or the request is none that a server can get.
 */
export const requestRefused: MistakeClass<Refusal> = {
  id: 'request/refused',
  rank: 497,
  needs: 'nothing',
  besideProof: (evidence, steps) => (steps.length > 0 ? undefined : refused(evidence)),
  say: ({ code, summary }, { evidence }) =>
    `The signature is right, and the request is refused all the same (${code}): ${summary.replace(/\.$/, '')}.${
      isPresigned(evidence.scheme, evidence.message) || evidence.contentHash?.isUncovered ? takenElsewhere : ''
    }`,
  fixes({ scheme, ...evidence }, { part, code }) {
    const source = scheme.parts.find(({ name }) => name === part)?.source;
    const header = source && rowOf(source).headerOf?.(source, scheme, evidence.date?.header);
    if (header !== undefined) return sentHeaderFixes(scheme, header, ownSignedHeaders({ scheme, ...evidence }));
    if (code === 'method/malformed') return methodFixes(scheme, evidence.message.method.trim().toUpperCase());
    return code === 'target/malformed'
      ? targetFixes(scheme)
      : authorizationFixes(scheme, ownSignedHeaders({ scheme, ...evidence }));
  },
};

/** The string to sign is the same, so what is wrong with it is told as of any other. */
const presigned: Refused = {
  code: 'authorization/missing',
  summary: 'it stands in the query (a presigned URL), and verification takes it in the Authorization header alone',
};

/** Whoever signs for such a service looks for the fault elsewhere. */
const takenElsewhere = ' S3, and what is like it, takes such requests: there it is no reason for a refusal.';

function refused(evidence: Evidence): Finding<Refusal> | undefined {
  const refusal = isPresigned(evidence.scheme, evidence.message) ? presigned : refusalOf(evidence);
  // Classes of their own speak of a body that is no form, and of one that is not the one that was hashed.
  if (
    !refusal ||
    (refusal.code.startsWith('content-hash/') && evidence.scheme.contentHash && !evidence.contentHash?.isUncovered) ||
    (refusal.code === 'body/malformed' && !isForm(evidence.message.headers))
  )
    return undefined;
  const slot = partOf(refusal.code, evidence);
  const part = slot?.name ?? (refusal.code.startsWith('authorization/') ? 'authorization' : 'request');
  const yours = slot?.value ?? '';
  return { detail: { kind: 'refused', part, ...refusal }, part, yours, expected: '', certainty: 'certain' };
}

/** The part that a refusal is about. */
function partOf(
  code: Refused['code'],
  { scheme, layout, message, authorization, date, contentHash }: Evidence,
): Slot | undefined {
  const values = {
    date: date?.text ?? '',
    dateHeader: date?.header,
    contentHash: contentHash?.computed ?? '',
    fields: authorization?.fields.fields,
    keyId: authorization?.fields.keyId,
  };
  const isRefused = ({ source }: Slot): boolean => rowOf(source).check?.(source, message, values)?.code === code;
  const stage = code.slice(0, code.indexOf('/'));
  const holds = ({ source, value }: Slot): boolean =>
    rowOf(source)
      .signs(source, scheme)
      .some((subject) => subject === stage || (stage === 'header' && subject === 'headers')) &&
    /[\n\r\0]|\p{Cs}/u.test(String(value));
  return layout.find(isRefused) ?? layout.find(holds) ?? layout.find(({ source }) => source.from === stage);
}
