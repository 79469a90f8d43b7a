import { schemes } from '@countersign/core/schemes/catalog';
import type { DiagnosisJob } from './diagnosis-job.ts';

/**
 * A request of the server's own making that no mistake explains, as the catalog's first scheme signs it: searching it runs
 * all that the first refusal will need.
 */
export function warmUpJob(now: Date): Omit<DiagnosisJob, 'budget'> {
  return {
    scheme: schemes[0]?.id ?? '',
    credential: { secret: 'd2FybSB1cA==' },
    alsoSecrets: [],
    message: {
      method: 'POST',
      target: '/calling/callConnections/00000000-0000-4000-8000-000000000000:play?api-version=2023-10-15',
      headers: [
        ['Host', 'localhost'],
        ['x-ms-date', now.toUTCString()],
        ['x-ms-content-sha256', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
        ['Authorization', `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${'A'.repeat(43)}=`],
      ],
      body: new Uint8Array(0),
    },
    nowMs: now.getTime(),
    publicHosts: [],
    callerHoldsKey: false,
  };
}
