import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentAccount } from '@countersign/core/development-account';
import { diagnose, type Diagnosis, type Fixes, type FixLanguage } from '@countersign/core/diagnose';
import { message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { schemes } from '@countersign/core/schemes/catalog';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { startServer, type RunningServer } from '@countersign/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixLanguages } from '../../packages/core/src/diagnose/diagnosis.ts';
import { refuseStructures } from '../../packages/core/src/programs/kit/unwritable.ts';
import { codeOf, everyFix, type MadeFix } from '../languages/every-fix.ts';
import { isInstalled, languages } from '../languages/languages.ts';
import type { Language } from '../languages/language.ts';
import { withFix } from '../languages/placement.ts';
import { programWith, readProgram, type Fault, type Program } from '../languages/program.ts';
import { generatedWith } from '../languages/generated.ts';
import { runPrograms, type RunProgram } from '../languages/run-programs.ts';
import { furtherSchemes } from '../languages/schemes.ts';
import { furtherKey, startVerifying, type VerifyingServer } from '../languages/verifying-server.ts';

const { acs, sinch } = developmentAccount;
const wantsAll = process.env['LANGUAGES'] === 'all';
/** `.ci/run` has a step of its own for all languages; beside it, the slow ones would count as skipped. */
const listed = languages.filter(({ isSlow }) => !isSlow || wantsAll || process.env['SKIPS_FAIL'] !== '1');
const isRun = (language: Language): boolean => isInstalled(language) && (!language.isSlow || wantsAll);

let server: RunningServer;
let further: VerifyingServer;
let callConnectionId: string;

beforeAll(async () => {
  further = await startVerifying();
  server = await startServer({ port: 0, clock: 'virtual' });
  callConnectionId = await createCall();
  await server.control.advance('2s');
});
afterAll(async () => {
  further.close();
  await server.close();
});

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

/** One that speaks a scheme: the local server its own, another one all others. */
interface Provider {
  readonly scheme: Scheme;
  /** The file of its programs, without what tells the language. */
  readonly file: string;
  /** The beginning of names of programs. */
  readonly name: string;
}

const providers: readonly Provider[] = [
  { scheme: acsHmac, file: 'acs', name: 'Acs' },
  { scheme: sinchApplication, file: 'sinch', name: 'Sinch' },
  ...furtherSchemes.map((scheme): Provider => {
    const name = scheme.id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return { scheme, file: 'further', name: `Further${name}` };
  }),
];

/** Those whose right programs are generated from the scheme. */
const generatedSchemes = schemes.filter(
  (scheme) => !providers.some((provider) => provider.scheme.id === scheme.id) && isWritten(scheme),
);

function isWritten(scheme: Scheme): boolean {
  try {
    refuseStructures(scheme);
    return true;
  } catch {
    return false;
  }
}

const programOf = ({ file, scheme }: Provider, { extension }: Language): Promise<Program> =>
  readProgram(new URL(`../languages/programs/${file}.${extension}`, import.meta.url), scheme.id);

/** A program of a provider with other code in the place of a step. */
interface Case extends Fault {
  readonly program: Program;
  readonly provider: Provider;
  /** A name that is a class or a function in every language. */
  readonly name: string;
}

function environment({ file }: Provider): NodeJS.ProcessEnv {
  const { url } = file === 'further' ? further : server;
  const key = file === 'further' ? furtherKey : { id: sinch.applicationKey, secret: acs.accessKey };
  return {
    ENDPOINT: url,
    CALL: callConnectionId,
    SIGNING_SECRET: key.secret,
    CONNECTION_STRING: `endpoint=${url}/;accesskey=${key.secret}`,
    KEY_ID: key.id,
    SINCH_SECRET: sinch.applicationSecret,
  };
}

/** Runs programs, and returns how they were answered, each by its name. */
async function answers(language: Language, cases: readonly Case[]): Promise<Answers> {
  let errors = '';
  for (const isFurther of [false, true]) {
    const own = cases.filter(({ provider }) => (provider.file === 'further') === isFurther);
    if (own[0] === undefined) continue;
    const programs = new Map(
      own.map((one) => [
        one.name,
        programWith(one.program, one.name, one).replaceAll('SCHEME', one.provider.scheme.id),
      ]),
    );
    const folder = await mkdtemp(join(tmpdir(), `countersign-${language.name}-`));
    try {
      errors += await language.run(folder, programs, environment(own[0].provider));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  // Single mistakes are found before the answer goes out; others by a worker, which amends the exchange.
  const isOpen = (): boolean =>
    server.control
      .exchanges()
      .some(
        ({ authentication }) => authentication?.outcome === 'refused' && !authentication.diagnosis?.mistakes.length,
      );
  if (isOpen()) await server.control.waitFor(() => !isOpen(), { timeoutMs: 15_000 }).catch(() => undefined);

  const byName = new Map<string, Answer>(further.judged);
  for (const { request, response, authentication } of server.control.exchanges()) {
    const name = request.headers.find(([header]) => header.toLowerCase() === 'x-case')?.[1];
    if (name === undefined || !response) continue;
    // A doubled slash makes a path that nobody serves: there nothing was verified.
    const isUnserved = response.status === 404 && !authentication;
    const diagnosis = isUnserved ? diagnose(acsHmac, { secret: acs.accessKey }, request) : authentication?.diagnosis;
    byName.set(name, { status: response.status, diagnosis });
  }
  return { byName, errors };
}

/** Programs with a fault; `npm test` takes one a step of those for the local server. */
async function casesOf(language: Language): Promise<Case[]> {
  const cases: Case[] = [];
  for (const provider of wantsAll ? providers : providers.slice(0, 2)) {
    const program = await programOf(provider, language);
    const first = ({ step }: Fault, at: number): boolean => program.faults.findIndex((one) => one.step === step) === at;
    const faults = wantsAll ? program.faults : program.faults.filter(first);
    for (const [at, fault] of faults.entries())
      cases.push({ ...fault, program, provider, name: `${provider.name}${at}of${language.name}` });
  }
  return cases;
}

/** What no request brings: whoever signs makes it, and so does whoever verifies. */
const madeBySigners = new Set(['key', 'string-to-sign', 'signature', 'authorization']);

/** What was found wrong of each fault, and the fix for it in every language. */
async function fixesFor(language: Language, cases: readonly Case[]): Promise<ReadonlyMap<string, Fixes>> {
  const { byName, errors } = await answers(language, cases);
  const fixes = new Map<string, Fixes>();
  const unnamed = cases.filter(({ name, id, provider }) => {
    const mistakes = byName.get(name)?.diagnosis?.mistakes ?? [];
    const [first] = mistakes;
    // What a receiver takes from a request is run in receivers.
    const isTaken = provider.scheme.signer === 'provider' && !madeBySigners.has(first?.at.part ?? '');
    if (first && !isTaken) fixes.set(name, first.fix);
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
const done = new Set([200, 201, 202, 204]);

/** A fix with the provider of each scheme whose requests get it. */
interface Fix extends MadeFix {
  readonly providers: Provider[];
  readonly generated: Scheme[];
}

const made = new Map<string, MadeFix[]>();

/** Made once for all languages. */
function madeFixes(scheme: Scheme, inPostman: boolean): MadeFix[] {
  const key = `${scheme.id} ${inPostman}`;
  const known = made.get(key) ?? everyFix(scheme, inPostman);
  made.set(key, known);
  return known;
}

/** Every fix in one language, each once. */
function fixesIn(language: Language): Fix[] {
  const found = new Map<string, Fix>();
  const add = (scheme: Scheme, provider?: Provider): void => {
    for (const one of madeFixes(scheme, language.name === 'postman')) {
      const code = codeOf(one.fix, language.name);
      if (code === undefined) continue;
      const known = found.get(code) ?? { ...one, providers: [], generated: [] };
      found.set(code, known);
      if (provider) known.providers.push(provider);
      else known.generated.push(scheme);
    }
  };
  for (const provider of providers) add(provider.scheme, provider);
  for (const scheme of generatedSchemes) add(scheme);
  return [...found.values()];
}

/** Fixes that no program of ours can run, and why. */
const notRun = [
  {
    // In the body of the programs the word stands twice, once as what it is.
    why: 'a placeholder that is a bare word',
    is: ({ placeholder, fix }: MadeFix) => placeholder === 'number' && fix.javascript.startsWith('const body'),
  },
  {
    why: 'what takes the fields as a dictionary, which a framework reads and a generated program has not',
    is: ({ fix }: MadeFix) => /\bfields\b/.test(fix.javascript),
  },
];

/** Each fix in the first right program that has a place for it, and those that have none. */
async function placed(
  language: Language,
): Promise<{ cases: Case[]; generated: (RunProgram & { id: string; code: string })[]; homeless: string[] }> {
  const cases: Case[] = [];
  const generated: (RunProgram & { id: string; code: string })[] = [];
  const homeless: string[] = [];
  const all = fixesIn(language);
  const idle = notRun.filter(({ is }) => !all.some(is));
  if (language.name !== 'postman') expect(idle, 'nothing is left that this was for').toEqual([]);
  const fixes = all.filter((one) => !notRun.some(({ is }) => is(one)));
  for (const [at, one] of fixes.entries()) {
    const [id = ''] = one.mistakes;
    const code = one.fix[language.name] ?? '';
    let isPlaced = false;
    for (const provider of one.providers) {
      const program = withFix(await programOf(provider, language), one, language.name);
      if (!program) continue;
      cases.push({ program, provider, name: `${provider.name}${at}into${language.name}`, step: '', id, code });
      isPlaced = true;
      break;
    }
    for (const scheme of isPlaced ? [] : one.generated) {
      const name = `generated${at}into${language.name}`;
      const program = generatedWith(language.name, scheme, one, { name, origin: further.url });
      if (!program) continue;
      generated.push({ ...program, id: `${scheme.id}, ${id}`, code });
      isPlaced = true;
      break;
    }
    if (!isPlaced) homeless.push(`${one.generated.map((scheme) => scheme.id).join(' ')} ${id}: ${code}`);
  }
  return { cases, generated, homeless };
}

describe.each(listed)('$name', (language) => {
  test.skipIf(!isRun(language))(
    'programs with a fault are refused for it, and accepted with the fix in its place',
    { timeout: 900_000 },
    async () => {
      const cases = await casesOf(language);
      const fixes = await fixesFor(language, cases);
      const fixed = cases.flatMap((one) => {
        const code = fixes.get(one.name)?.[language.name];
        return code === undefined ? [] : [{ ...one, name: `${one.name}Fixed`, code }];
      });
      expect(fixed.length).toBeGreaterThan(10);
      const { byName, errors } = await answers(language, fixed);
      const refused = fixed.filter(({ name }) => !done.has(byName.get(name)?.status ?? 0));
      if (refused.length > 0) expect.fail(told(refused, byName, errors));
    },
  );
});

/** There is nothing on Debian to run them: their fixes are read, against the documentation. */
const read: readonly FixLanguage[] = ['csharp', 'powershell'];

/** Tokens, message signatures and derived keys: no short program writes them, so what is particular to their fixes is read. */
const schemesNotRun: readonly string[] = [
  'vonage-webhook',
  'messagebird-jwt',
  'livekit',
  'genesys-audiohook',
  'rfc9421',
  'aws-sigv4',
];

test('every built-in scheme has programs, but for those that are named', () => {
  const run = new Set([...providers.map(({ scheme }) => scheme), ...generatedSchemes].map(({ id }) => id));
  expect(schemes.map(({ id }) => id).filter((id) => !run.has(id))).toEqual(schemesNotRun);
});

test('every language of the fixes is run, but for two that are read', () => {
  const run = languages.map(({ name }) => name);
  expect(fixLanguages.filter((name) => !run.includes(name))).toEqual(read);
});

// Of the generated programs in Go, Java and Postman's scripts not every fix has been given its place yet.
const placing = languages.filter(({ name }) => !['go', 'java', 'postman'].includes(name));

describe.each(wantsAll ? placing : [])('$name', (language) => {
  test(
    'every fix that there is has its place in a right program, which stays right with it',
    { timeout: 1_800_000 },
    async () => {
      const { cases, generated, homeless } = await placed(language);
      expect(homeless).toEqual([]);
      const said = await runPrograms(language.name, generated, {
        SIGNING_SECRET: furtherKey.secret,
        SIGNING_KEY_ID: furtherKey.id,
      });
      const wrong = generated.filter(({ name }) => !done.has(further.judged.get(name)?.status ?? 0));
      const lines = wrong.map(
        ({ name, id, code }) => `${id}: ${further.judged.get(name)?.status}\n  ${code}\n  ${said.get(name)}`,
      );
      if (wrong.length > 0) expect.fail(`${wrong.length} of ${generated.length}\n${lines.join('\n').slice(0, 9000)}`);
      const { byName, errors } = await answers(language, cases);
      const refused = cases.filter(({ name }) => !done.has(byName.get(name)?.status ?? 0));
      if (refused.length > 0) expect.fail(told(refused, byName, errors));
    },
  );
});
