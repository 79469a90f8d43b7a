import { Worker } from 'node:worker_threads';
import type { Diagnosis, DiagnosisCredential } from '@countersign/core/diagnose';
import { diagnosePublicKey } from '@countersign/core/diagnose-public-key';
import type { PublicKeyCredential } from '@countersign/core/public-key';
import { hasPublicKeys } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import type { KeptRefusal } from '../guard/kept-refusals.ts';
import type { DiagnosisInput } from './diagnosis-worker.ts';

/** Diagnoses a refused request on a thread of its own: a search may take a second, and no request waits for it. */
export async function diagnoseRefusal({ route, head, body, at }: KeptRefusal): Promise<Diagnosis> {
  if (hasPublicKeys<Scheme>(route.scheme)) {
    const message = { ...head, body: body ?? new Uint8Array(0) };
    return diagnosePublicKey(route.scheme, route.credentials as readonly PublicKeyCredential[], message, { now: at });
  }
  const keys = (route.credentials as readonly Credential[]).map(({ secret, ...known }) => ({
    ...known,
    secret: secret.expose().text,
  }));
  const [first, ...others] = keys as [DiagnosisCredential & { secret: string }, ...DiagnosisCredential[]];
  const workerData: DiagnosisInput = {
    scheme: withoutFunctions(route.scheme),
    credentials: [first, ...others],
    message: { ...head, body: body ?? new Uint8Array(0) },
    options: { now: at, ...(route.publicUrl !== undefined && { publicUrls: [route.publicUrl] }) },
  };
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile(), { workerData, execArgv: [] });
    worker.once('message', (diagnosis: Diagnosis) => {
      resolve(diagnosis);
      void worker.terminate();
    });
    worker.once('error', reject);
  });
}

/** A thread is given no functions: those of deviations stay behind. */
function withoutFunctions(scheme: Scheme): Scheme {
  return Object.fromEntries(Object.entries(scheme).filter(([name]) => name !== 'deviations')) as unknown as Scheme;
}

/** A worker is run by Node itself, which takes the built file. */
function workerFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? '../../dist/admin/diagnosis-worker.js' : './diagnosis-worker.js', import.meta.url);
}
