import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { badInput } from '../failure.ts';
import { closedArguments, runnerFile } from './closed-process.ts';
import type { RunJob, RunLimits, RunMessage } from './runner/run-messages.ts';
import { residentMemory } from './resident-memory.ts';
import { findRuntime } from './runtime-peer.ts';

/** What is run, and with which values. */
export interface CollectionToRun extends Omit<RunJob, 'runtime' | 'limits' | 'answer'> {
  readonly answer?: RunJob['answer'];
  readonly limits?: Partial<RunLimits>;
  /** Megabytes of the heap; half a gigabyte beside it is for the runtime, and for buffers. */
  readonly memoryMb?: number;
  readonly workingDirectory?: string;
}

/** A request that went out of the collection, to nowhere. */
export interface RunRequest extends Extract<RunMessage, { kind: 'request' }> {
  /** The variables by which it was filled in, as far as scripts told them. */
  readonly variables: Readonly<Record<string, string>>;
}
/** Something that failed while it was run. */
export type RunProblem = Extract<RunMessage, { kind: 'problem' }>;

/** What a run left. */
export interface CollectionRun {
  readonly requests: readonly RunRequest[];
  readonly problems: readonly RunProblem[];
  /** The version of Postman's runtime. */
  readonly runtime: string;
}

/** What the runtime itself takes, and buffers within reason. */
const besideHeapMb = 512;
const usual: RunLimits = { scriptMs: 5_000, runMs: 60_000, graceMs: 5_000, requests: 1_000, bodyBytes: 32_000_000 };

/**
 * Runs a collection in Postman's own runtime, in a process of its own with an empty environment that may open no connection,
 * read no file but its own program, and start nothing.
 *
 * @throws CommandFailure `run/no-runtime` or `run/old-runtime`; `input/collection` where the runtime takes no such collection
 */
export async function runCollection(given: CollectionToRun): Promise<CollectionRun> {
  const { limits: own, memoryMb = 512, workingDirectory, answer = {}, ...values } = given;
  const runtime = findRuntime(workingDirectory);
  const limits = { ...usual, ...own };
  const job: RunJob = { ...values, answer, runtime: runtime.file, limits };
  const told = jobText(job);
  const child = spawn(process.execPath, [...closedArguments(runtime.modules, memoryMb), runnerFile('child')], {
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const requests: RunRequest[] = [];
  const problems: RunProblem[] = [];
  let item = 0;
  let variables: Readonly<Record<string, string>> = {};
  let hasEnded = false;
  let errors = '';
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, limits.runMs + limits.graceMs);
  // The heap has its own limit; what scripts keep beside it, in buffers, is looked after from here.
  let isFull = false;
  const watch = setInterval(() => {
    isFull ||= (residentMemory(child.pid ?? 0) ?? 0) > (memoryMb + besideHeapMb) * 1024 * 1024;
    if (isFull) child.kill('SIGKILL');
  }, 200);
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (errors = (errors + text).slice(0, 100_000)));
  child.stdin.on('error', () => {});
  child.stdin.end(told);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as RunMessage;
    if (message.kind === 'request') requests.push({ ...message, variables });
    else if (message.kind === 'problem') problems.push(message);
    else if (message.kind === 'variables') ({ values: variables } = message);
    else if (message.kind === 'item') item = message.item;
    else hasEnded = true;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (...left: [number | null, string | null]) => resolve(left));
  });
  clearTimeout(timer);
  clearInterval(watch);
  if (!hasEnded) {
    const message = endedBy({ isLate, isFull, runMs: limits.runMs, memoryMb, errors, code, signal });
    if (requests.length === 0 && !isLate && !isFull && !/heap|SIGABRT/.test(message + errors)) {
      throw badInput('input/collection', `Postman's runtime could not run the collection: ${message}`);
    }
    problems.push({ kind: 'problem', item, of: 'run', message });
  }
  return { requests, problems, runtime: runtime.version };
}

/** What the process is told to run. Before it is started, because nothing would end it if this failed. */
function jobText(job: RunJob): string {
  try {
    return JSON.stringify(job);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badInput('input/collection', 'the collection cannot be run: its folders are nested too deeply');
  }
}

interface Ending {
  readonly isLate: boolean;
  readonly isFull: boolean;
  readonly runMs: number;
  readonly memoryMb: number;
  readonly errors: string;
  readonly code: number | null;
  readonly signal: string | null;
}

function endedBy({ isLate, isFull, runMs, memoryMb, errors, code, signal }: Ending): string {
  if (isLate) return `it was ended after ${runMs / 1000} seconds`;
  if (isFull || /heap out of memory|heap limit/i.test(errors))
    return `its scripts took more than ${memoryMb} MB of memory`;
  const said = /^(?:\w*Error|Uncaught)\b.*$/m.exec(errors)?.[0];
  return said ?? `it ended by itself (${signal ?? `exit code ${code}`})`;
}
