import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInMemory } from './run-in-memory.ts';
import type { PostmanCollectionPackage, PostmanRuntimePackage } from './postman-runtime.ts';
import type { RunJob, RunMessage } from './run-messages.ts';

const [standardInput, standardOutput] = [0, 1];
const job = JSON.parse(readFileSync(standardInput, 'utf8')) as RunJob;

/** Written at once: what a script does afterwards, if only a loop without end, takes back nothing. */
function tell(message: RunMessage): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < bytes.length;) at += writeSync(standardOutput, bytes, at);
}

const load = createRequire(job.runtime);
runInMemory(
  job,
  {
    runtime: load(job.runtime) as PostmanRuntimePackage,
    collection: load('postman-collection') as PostmanCollectionPackage,
  },
  (message) => {
    tell(message);
    if (message.kind === 'end') process.exit(0);
  },
);
