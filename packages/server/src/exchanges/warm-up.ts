import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';

let warm: Promise<void> | undefined;

/**
 * Loads the diagnosis, a hundred modules for which no start should wait, and searches a request of its own making that no
 * mistake explains, so that the first refusal of a fresh server meets code that has run before: cold, a single mistake
 * takes some 200 ms, warm some 5. Servers that share a process share its code, so it is done once.
 */
export function warmUpDiagnosis(): Promise<void> {
  return (warm ??= loadAndSearch());
}

async function loadAndSearch(): Promise<void> {
  const { diagnose } = await import('@countersign/core/diagnose');
  const refused = message({
    method: 'POST',
    url: 'http://localhost/calling/callConnections/00000000-0000-4000-8000-000000000000:play?api-version=2023-10-15',
    headers: {
      'x-ms-date': new Date().toUTCString(),
      'x-ms-content-sha256': '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
      Authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${'A'.repeat(43)}=`,
    },
  });
  diagnose(acsHmac, { secret: 'd2FybSB1cA==' }, refused, { budget: { ms: 200, candidates: 3_000 } });
}
