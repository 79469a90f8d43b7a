import { parentPort } from 'node:worker_threads';
import { diagnose } from '@countersign/core/diagnose';
import type { Scheme } from '@countersign/core/scheme';
import type { DiagnosisJob, DiagnosisJobResult } from './diagnosis-job.ts';

const schemes = new Map<string, Promise<Scheme>>();

parentPort?.on('message', (job: DiagnosisJob) => {
  void answer(job).then((result) => parentPort?.postMessage(result));
});

async function answer(job: DiagnosisJob): Promise<DiagnosisJobResult> {
  try {
    const scheme = await schemeOf(job.scheme);
    const diagnosis = diagnose(scheme, job.credential, job.message, {
      now: new Date(job.nowMs),
      alsoSecrets: job.alsoSecrets,
      publicHosts: job.publicHosts,
      exactBody: true,
      callerHoldsKey: job.callerHoldsKey,
      budget: { ms: job.budgetMs },
    });
    return { id: job.id, diagnosis };
  } catch (error) {
    return { id: job.id, error: (error as Error).message };
  }
}

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
