import { message } from '@countersign/core/message';
import { schemes } from '@countersign/core/schemes/catalog';
import type { Scheme } from '@countersign/core/scheme';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import type { DiagnosisJob } from './diagnosis-job.ts';

type WarmUpJob = Omit<DiagnosisJob, 'budget'>;

const keyId = '00000000-0000-4000-8000-000000000000';
const [key, anotherKey] = ['d2FybSB1cA==', 'd2FybWVyIHVw'];

/**
 * Requests of the server's own making, of each of these schemes: one with a mistake that is found and explained, then one
 * that no mistake explains. To search them runs all that the first refusals will need.
 */
export function warmUpJobs(schemeIds: readonly string[], now: Date): WarmUpJob[] {
  const own = schemes.filter(({ id }) => schemeIds.includes(id));
  return [
    ...own.map((scheme) => warmUpJob(scheme, key, now)),
    ...own.map((scheme) => warmUpJob(scheme, anotherKey, now)),
  ];
}

/** A request that was sent with another method than it was signed with. */
function warmUpJob(scheme: Scheme, secret: string, now: Date): WarmUpJob {
  const signed = message({
    method: 'PUT',
    url: 'http://localhost/warm/up?on=start',
    headers: { 'content-type': 'application/json' },
    body: '{"text":"warm up","loud":true}',
  });
  const credential = { keyId, secret: new Secret(key, scheme.key.encoding) };
  const { headers } = sign(scheme, credential, signed, { date: now });
  return {
    scheme: scheme.id,
    credential: { keyId, secret },
    alsoSecrets: [],
    message: {
      method: 'POST',
      target: signed.target,
      headers: [...signed.headers, ...headers],
      body: signed.body as Uint8Array,
    },
    nowMs: now.getTime(),
    publicHosts: [],
    callerHoldsKey: false,
  };
}
