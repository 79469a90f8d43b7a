import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentAccount } from '@countersign/core/development-account';
import { diagnose, type Diagnosis, type Fixes } from '@countersign/core/diagnose';
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { startServer, type RunningServer } from '@countersign/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isInstalled, languages } from '../languages/languages.ts';
import type { Language } from '../languages/language.ts';
import { programWith, readProgram, type Fault, type Program } from '../languages/program.ts';

const { acs, sinch } = developmentAccount;
const wantsAll = process.env['LANGUAGES'] === 'all';
/** `.ci/run` has a step of its own for all languages; beside it, the slow ones would count as skipped. */
const listed = languages.filter(({ isSlow }) => !isSlow || wantsAll || process.env['SKIPS_FAIL'] !== '1');
const isRun = (language: Language): boolean => isInstalled(language) && (!language.isSlow || wantsAll);

let server: RunningServer;
let callConnectionId: string;

beforeAll(async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  callConnectionId = await createCall();
  await server.control.advance('2s');
});
afterAll(() => server.close());

async function createCall(): Promise<string> {
  const body = JSON.stringify({
    targets: [{ kind: 'phoneNumber', phoneNumber: { value: '+14255550123' } }],
    sourceCallerIdNumber: { value: acs.number },
    callbackUri: 'http://127.0.0.1:9/events',
    callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://contoso.cognitiveservices.azure.com/' },
  });
  const url = `${server.url}/calling/callConnections?api-version=2023-10-15`;
  const request = message({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body });
  const { headers } = sign(acsHmac, { secret: new Secret(acs.accessKey, 'base64') }, request);
  const response = await fetch(url, {
    method: 'POST',
    headers: [['content-type', 'application/json'], ...headers.map(([name, value]): [string, string] => [name, value])],
    body,
  });
  return ((await response.json()) as { callConnectionId: string }).callConnectionId;
}

interface Answer {
  readonly status: number;
  readonly diagnosis: Diagnosis | undefined;
}

interface Answers {
  readonly byName: ReadonlyMap<string, Answer>;
  /** What the programs said on the standard error. */
  readonly errors: string;
}

/** Runs programs, and returns how the server answered each, by its name. */
async function answers(language: Language, programs: ReadonlyMap<string, string>): Promise<Answers> {
  const folder = await mkdtemp(join(tmpdir(), `countersign-${language.name}-`));
  let errors = '';
  try {
    errors = await language.run(folder, programs, {
      ENDPOINT: server.url,
      CALL: callConnectionId,
      SIGNING_SECRET: acs.accessKey,
      CONNECTION_STRING: `endpoint=${server.url}/;accesskey=${acs.accessKey}`,
      KEY_ID: sinch.applicationKey,
      SINCH_SECRET: sinch.applicationSecret,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  // Single mistakes are found before the answer goes out; others by a worker, which amends the exchange.
  const isOpen = (): boolean =>
    server.control
      .exchanges()
      .some(
        ({ authentication }) => authentication?.outcome === 'refused' && !authentication.diagnosis?.mistakes.length,
      );
  if (isOpen()) await server.control.waitFor(() => !isOpen(), { timeoutMs: 15_000 }).catch(() => undefined);

  const byName = new Map<string, Answer>();
  for (const { request, response, authentication } of server.control.exchanges()) {
    const name = request.headers.find(([header]) => header.toLowerCase() === 'x-case')?.[1];
    if (name !== undefined && response)
      byName.set(name, { status: response.status, diagnosis: authentication?.diagnosis });
  }
  return { byName, errors };
}

/** A program of one provider with a fault in it. */
interface Case extends Fault {
  readonly program: Program;
  readonly provider: string;
  /** A name that is a class or a function in every language. */
  readonly name: string;
}

async function casesOf({ name, extension }: Language): Promise<Case[]> {
  const cases: Case[] = [];
  for (const provider of ['Acs', 'Sinch']) {
    const file = new URL(`../languages/programs/${provider.toLowerCase()}.${extension}`, import.meta.url);
    const program = await readProgram(file);
    const first = ({ step }: Fault, at: number): boolean => program.faults.findIndex((one) => one.step === step) === at;
    const faults = wantsAll ? program.faults : program.faults.filter(first);
    for (const [at, fault] of faults.entries())
      cases.push({ ...fault, program, provider, name: `${provider}${at}of${name}` });
  }
  return cases;
}

const programsOf = (cases: readonly Case[]): Map<string, string> =>
  new Map(cases.map((one) => [one.name, programWith(one.program, one.name, one)]));

/** What was found wrong of each fault, and the fix for it in every language. */
async function fixesFor(language: Language, cases: readonly Case[]): Promise<ReadonlyMap<string, Fixes>> {
  const { byName, errors } = await answers(language, programsOf(cases));
  const fixes = new Map<string, Fixes>();
  const unnamed = cases.filter(({ name, id }) => {
    const mistakes = byName.get(name)?.diagnosis?.mistakes ?? [];
    if (mistakes[0]) fixes.set(name, mistakes[0].fix);
    return mistakes.map((one) => one.id).join() !== id;
  });
  if (unnamed.length > 0) expect.fail(told(unnamed, byName, errors));
  return fixes;
}

/** How programs were answered, for the message of a failed test. */
function told(cases: readonly Case[], byName: ReadonlyMap<string, Answer>, errors: string): string {
  const lines = cases.map(({ name, id, code }) => {
    const answer = byName.get(name);
    const mistakes = answer?.diagnosis?.mistakes.map((one) => one.id).join(' and ') ?? '';
    return `${name}, ${id}: ${answer?.status ?? 'sent nothing'} ${mistakes}\n  ${code}`;
  });
  return `${lines.join('\n')}\n${errors.slice(0, 4000)}`;
}

/** The statuses that tell that a signature was accepted, and what was asked for was done. */
const done = new Set([200, 201, 202]);

/** What JavaScript programs do wrong, and what is wrong with secrets that its base64 reads all the same. */
async function furtherFixes(): Promise<readonly (Omit<Case, 'program' | 'name'> & { readonly fix: Fixes })[]> {
  const javascript = languages.find(({ name }) => name === 'javascript');
  if (!javascript) throw new Error('JavaScript is a language');
  const cases = await casesOf(javascript);
  const fixes = await fixesFor(javascript, cases);
  const secrets = [
    fixOfSecret(`${acs.accessKey}\n`, 'key/stray-characters'),
    fixOfSecret(`base64:${acs.accessKey}`, 'key/prefix'),
  ];
  return [
    ...cases.flatMap((one) => {
      const fix = fixes.get(one.name);
      return fix ? [{ ...one, fix }] : [];
    }),
    ...secrets.map((fix) => ({ provider: 'Acs', step: 'secret', id: 'key', code: '', fix })),
  ];
}

/** The fix for a secret whose text was the key. */
function fixOfSecret(text: string, id: string): Fixes {
  const unsigned = message({ method: 'GET', url: 'https://contoso.communication.azure.com/calling/callConnections/1' });
  const { headers } = sign(acsHmac, { secret: new Secret(text, 'utf8') }, unsigned);
  const signed = { ...unsigned, headers: [...unsigned.headers, ...headers] };
  const { mistakes } = diagnose(acsHmac, { secret: acs.accessKey }, signed);
  const mistake = mistakes.find((one) => one.id === id);
  if (!mistake) throw new Error(`${id} was not found, but ${mistakes.map((one) => one.id).join()}`);
  return mistake.fix;
}

describe.each(listed)('$name', (language) => {
  test.skipIf(!isRun(language))(
    'programs with a fault are refused for it, and accepted with the fix in its place',
    { timeout: 180_000 },
    async () => {
      const cases = await casesOf(language);
      const fixes = await fixesFor(language, cases);
      const fixed = cases.map((one) => ({
        ...one,
        name: `${one.name}Fixed`,
        code: fixes.get(one.name)?.[language.name] ?? '',
      }));
      const { byName, errors } = await answers(language, programsOf(fixed));
      const refused = fixed.filter(({ name }) => !done.has(byName.get(name)?.status ?? 0));
      if (refused.length > 0) expect.fail(told(refused, byName, errors));
    },
  );
});

// A pre-request script has other steps, and declares other headers, than JavaScript's program.
const taught = wantsAll ? languages.filter(({ name }) => name !== 'postman') : [];

/** Found once, for all languages. */
let further: ReturnType<typeof furtherFixes> | undefined;

describe.each(taught)('$name', (language) => {
  test(
    'programs stay right with the fix of any other mistake in the place of its step',
    { timeout: 180_000 },
    async () => {
      const own = await casesOf(language);
      further ??= furtherFixes();
      const others = (await further).filter(
        (other) =>
          !own.some(({ provider, step, id }) => provider === other.provider && step === other.step && id === other.id),
      );
      const cases = others.flatMap(({ fix, ...other }, at): Case[] => {
        const program = own.find(({ provider }) => provider === other.provider)?.program;
        const code = fix[language.name];
        const name = `${other.provider}${at}into${language.name}`;
        return program?.steps.has(other.step) && code !== undefined ? [{ ...other, program, name, code }] : [];
      });
      const { byName, errors } = await answers(language, programsOf(cases));
      const refused = cases.filter(({ name }) => !done.has(byName.get(name)?.status ?? 0));
      if (refused.length > 0) expect.fail(told(refused, byName, errors));
    },
  );
});
