import { parentPort, workerData } from 'node:worker_threads';
import { brotliDecompressSync } from 'node:zlib';
import { diagnose, type DiagnosisCredential, type DiagnoseOptions } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';

/** What a thread can be given: a scheme without functions, keys as text. */
export interface DiagnosisInput {
  readonly scheme: Scheme;
  readonly credentials: readonly [DiagnosisCredential & { readonly secret: string }, ...DiagnosisCredential[]];
  readonly message: Message;
  readonly options: Pick<DiagnoseOptions, 'now' | 'publicUrls'>;
}

const { scheme, credentials, message, options } = workerData as DiagnosisInput;
const [credential, ...alsoSecrets] = credentials;
parentPort?.postMessage(
  diagnose(scheme, credential, message, { ...options, alsoSecrets, exactBody: true, brotli: brotliDecompressSync }),
);
