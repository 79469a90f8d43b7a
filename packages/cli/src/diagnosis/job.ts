import { brotliDecompressSync } from 'node:zlib';
import { diagnose, type DiagnoseOptions, type Diagnosis, type DiagnosisCredential } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { schemeById } from '../scheme-by-id.ts';

/** One request to be diagnosed, as it can be handed to a worker: a built-in scheme holds functions, so it goes by its id. */
export interface DiagnosisJob {
  readonly scheme: string | Scheme;
  readonly credential: DiagnosisCredential & { readonly secret: string };
  readonly message: Message;
  readonly options: Omit<DiagnoseOptions, 'otherSchemes' | 'budget' | 'shard' | 'brotli'>;
}

/** Diagnoses on this thread. */
export function runJob(
  job: DiagnosisJob,
  budget: NonNullable<DiagnoseOptions['budget']>,
  shard?: DiagnoseOptions['shard'],
): Diagnosis {
  const scheme = typeof job.scheme === 'string' ? schemeById(job.scheme) : job.scheme;
  return diagnose(scheme, job.credential, job.message, {
    ...job.options,
    otherSchemes: schemes.filter((known) => known !== scheme),
    brotli: brotliDecompressSync,
    budget,
    ...(shard && { shard }),
  });
}
