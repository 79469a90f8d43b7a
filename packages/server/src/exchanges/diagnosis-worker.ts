import { brotliDecompressSync } from 'node:zlib';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import type { Scheme } from '@countersign/core/scheme';
import { serveJobs } from '../threads/serve-jobs.ts';
import type { DiagnosisJob } from './diagnosis-job.ts';

const schemes = new Map<string, Promise<Scheme>>();

serveJobs<DiagnosisJob, Diagnosis>(async ({ scheme, credential, message, nowMs, ...options }) => ({
  result: diagnose(await schemeOf(scheme), credential, message, {
    ...options,
    exactBody: true,
    brotli: brotliDecompressSync,
    now: new Date(nowMs),
  }),
}));

function schemeOf(id: string): Promise<Scheme> {
  const loading = schemes.get(id) ?? loadScheme(id);
  schemes.set(id, loading);
  return loading;
}

/** A scheme's module has its id as its name, and exports it. */
async function loadScheme(id: string): Promise<Scheme> {
  if (!/^[a-z0-9-]+$/.test(id)) throw new TypeError(`"${id}" is no id of a scheme`);
  const module = (await import(`@countersign/core/schemes/${id}`)) as Readonly<Record<string, unknown>>;
  const scheme = Object.values(module).find((value) => (value as Partial<Scheme> | undefined)?.id === id);
  if (!scheme) throw new TypeError(`the module of scheme ${id} exports no scheme of that id`);
  return scheme as Scheme;
}
