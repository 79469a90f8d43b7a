import { Command, InvalidArgumentError, Option } from 'commander';
import type { DiagnoseOptions, Diagnosis, FixLanguage } from '@countersign/core/diagnose';
import { CountersignError } from '@countersign/core/errors';
import { clockNote, refuseUnsent, unsignedNote } from '@countersign/core/requests/judgeable';
import { standingNotes, type RequestNote } from '@countersign/core/requests/request-note';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { chooseScheme } from '../choose-scheme.ts';
import { candidateSecrets } from '../credentials/candidate-secrets.ts';
import { secretOptionSet } from '../credentials/secret-option-set.ts';
import type { SecretOptions } from '../credentials/find-credential.ts';
import { secretForScripts, secretVariable } from '../collections/secret-variable.ts';
import { openSentence } from '../collections/open-in-scripts.ts';
import { fixedNotes } from '../collections/fixed-notes.ts';
import { givenVariables } from '../collections/given-variables.ts';
import { type PublicKeyOptions, publicKeyKind, publicKeyOf, withPublicKeyOption } from '../credentials/public-keys.ts';
import { secretsHelp, withSecretOptions } from '../credentials/secret-options.ts';
import { secretFromVariable, type FoundSecret } from '../credentials/secret-source.ts';
import type { DiagnosisJob } from '../diagnosis/job.ts';
import { badInput, CommandFailure, exitCode, type ExitCode } from '../failure.ts';
import { languageNames } from '../output/languages.ts';
import { codeReport } from '../output/code-report.ts';
import { diagnosisReport } from '../output/diagnosis-report.ts';
import { namedScheme, withSchemeOptions, type SchemeOptions } from '../named-scheme.ts';
import { publicKeySchemeById, publicKeySchemeOf } from '../public-key-schemes.ts';
import { readInput } from '../read-input.ts';
import { readSubjects, type Subject } from '../requests/diagnosis-subjects.ts';
import { collect } from '../repeated-argument.ts';
import type { Terminal } from '../terminal.ts';
import { timeArgument } from '../time-argument.ts';

interface Options extends SecretOptions, SchemeOptions, PublicKeyOptions {
  readonly alsoPublicKey: readonly string[];
  readonly curl?: string;
  readonly har?: string;
  readonly now?: string;
  readonly alsoSecretEnv: readonly string[];
  readonly var: readonly string[];
  readonly environment: readonly string[];
  readonly runScripts?: boolean;
  readonly secretVariable?: string;
  readonly host: readonly string[];
  readonly publicUrl: readonly string[];
  readonly yourString?: string;
  readonly yourSignature?: string;
  readonly budgetMs: number;
  readonly language?: FixLanguage;
  readonly json?: boolean;
}

/** `countersign diagnose`: finds the mistake with which a rejected request was signed. */
export function diagnoseCommand(terminal: Terminal): Command {
  const command = new Command('diagnose')
    .description('find the mistake with which a rejected request was signed, and prove it')
    .argument('[file]', 'whatever you have of the request, recognized by itself (see below); - for standard input')
    .option('--curl <command>', 'a curl command line instead of a file')
    .option('--har <file>', 'a HAR file instead: its refused requests, or all signed ones')
    .option('--run-scripts', 'run the Postman collection in FILE, scripts and all; no connection is opened');
  return withPublicKeyOption(
    withSecretOptions(withSchemeOptions(command, 'the signature scheme (default: recognized by the request)')),
  )
    .option('--also-public-key <file|text>', 'another public key to try, of another account; repeatable', collect, [])
    .option('--now <time>', "the verifier's clock, ISO 8601 or RFC 1123 (default: that of the answer, else now)")
    .option('--also-secret-env <name>', 'a variable with another secret to try; repeatable', collect, [])
    .option('--var <name=value>', 'a template variable of yours, such as callConnectionId=…; repeatable', collect, [])
    .option('--environment <file>', 'an environment exported by Postman, for --var; repeatable', collect, [])
    .option(
      '--secret-variable <name>',
      'the variable of the collection or environment that holds the secret, or that is to hold it',
    )
    .option('--host <host>', 'a host under which the service is known from outside; repeatable', collect, [])
    .option('--public-url <url>', 'the URL by which the sender calls your receiver; repeatable', collect, [])
    .option('--your-string <file>', 'the string that you signed, or that your receiver makes of the request')
    .option('--your-signature <text>', 'the signature that your receiver computes of it, where it shows no string')
    .addOption(
      new Option('--budget-ms <ms>', 'the measure of the search: 100 candidates and 50 kB of work for each')
        .default(10_000)
        .argParser(positiveInteger),
    )
    .addOption(
      new Option(
        '--language <name>',
        'the language of the fix; by default that of your program by its User-Agent, else javascript',
      ).choices(languageNames),
    )
    .option('--json', 'print one JSON value')
    .addHelpText('after', examples + secretsHelp)
    .action((file: string | undefined, options: Options) => diagnoseAction(file, options, terminal));
}

async function diagnoseAction(file: string | undefined, options: Options, terminal: Terminal): Promise<void> {
  terminal.wantsJson = options.json ?? false;
  const results: Result[] = [];
  // Standard input can be read once, and what is no request is looked at again.
  let text: Uint8Array | undefined;
  const read = async (path: string): Promise<Uint8Array> => (text = await readInput(path));
  try {
    const shared = await sharedOptions(options);
    const named = publicKeySchemeById(options.scheme) ? undefined : await namedScheme(options);
    const ofScripts = secretForScripts(options, terminal);
    terminal.hide(Object.values(ofScripts));
    const given = await givenVariables({ ...shared.variables, ...ofScripts }, options.environment);
    terminal.hide(given.secrets);
    const hide = (keys: readonly string[]): void => terminal.hide(keys);
    const { requests, notes } = await readSubjects({ ...options, file }, given, hide, read);
    for (const note of notes) terminal.note(note);
    for (const subject of requests)
      results.push(await resultOf(subject, requests.length > 1, named, options, shared, terminal));
  } catch (error) {
    if (!isMalformedInput(error)) throw error;
    if (text && (await reportCode(error, text, options, terminal))) return;
    if (!options.json) throw error;
    terminal.exit(exitCode.badInput);
    terminal.json(malformed(error));
    return;
  }
  if (text) await addCodeNotes(results, text);
  terminal.exit(
    results.map(({ diagnosis }) => exitCodeOf(diagnosis)).reduce((worst, code) => (code > worst ? code : worst)),
  );
  if (options.json) terminal.json(diagnosisJson(results));
  else terminal.result(results.map((result) => reportText(result, options.language, terminal)).join('\n\n'));
}

/**
 * What is no request may be the code that makes it: what can be read off that is told in place of the error.
 *
 * @returns whether there was something to tell
 */
async function reportCode(
  error: CommandFailure | CountersignError,
  text: Uint8Array,
  options: Options,
  terminal: Terminal,
): Promise<boolean> {
  if (!withoutRequest.has(error.code)) return false;
  const { readCode } = await import('@countersign/core/code-reading');
  const reading = readCode(Buffer.from(text).toString('utf8'));
  if (!reading || reading.mistakes.length === 0) return false;
  const { language, scheme, mistakes } = reading;
  // What was found besides the code, such as the requests of a collection.
  const besides = error.code === 'input/code' ? [] : [{ id: error.code, summary: error.message }];
  const notes = [...besides, ...reading.notes];
  terminal.exit(exitCode.yes);
  if (options.json) {
    terminal.json({ ...malformed(error), scheme: scheme ?? null, verdict: 'explained', mistakes, notes, language });
    return true;
  }
  terminal.result(codeReport({ ...reading, notes }, options.language ?? language, terminal.paint));
  return true;
}

/** What says that a text holds no request to judge; of other errors the text is a request, with a fault that is told. */
const withoutRequest = new Set(['input/code', 'input/unsigned', 'scheme/unrecognized']);

/** Where nothing is explained, or values lack by which a request were to be judged, what can be read off code beside it. */
async function addCodeNotes(results: Result[], text: Uint8Array): Promise<void> {
  const stays = ({ diagnosis }: Result): boolean =>
    diagnosis.verdict === 'unexplained' || diagnosis.notes.some(({ id }) => id === 'input/unresolved');
  if (!results.some(stays)) return;
  const { readCode } = await import('@countersign/core/code-reading');
  const mistakes = readCode(Buffer.from(text).toString('utf8'))?.mistakes ?? [];
  for (const [at, result] of results.entries()) {
    const { subject, diagnosis } = result;
    if (!stays(result)) continue;
    const likely = mistakes
      .filter(({ id }) => id !== 'template/unresolved' || mayHoldVariable(subject))
      .map(({ id, summary, yours }) => ({
        id: 'code/likely',
        summary: `${id}, by the code beside it ("${yours}"): ${summary}`,
      }));
    results[at] = { subject, diagnosis: { ...diagnosis, notes: [...diagnosis.notes, ...likely] } };
  }
}

/** Whether a variable was filled in; of what a collection sent, its values are known, and a request without one has none to sign. */
function mayHoldVariable({ form, message, variables }: Subject): boolean {
  if (form !== 'postman-run') return true;
  const body = message.body instanceof Uint8Array ? Buffer.from(message.body).toString('utf8') : '';
  const sent = message.target + body;
  return Object.values(variables).some((value) => value !== '' && sent.includes(value));
}

interface Result {
  readonly subject: Subject;
  readonly diagnosis: Diagnosis | Unread;
}

/** The diagnosis of a request; of one among several also that it cannot be judged, so that the others are. */
async function resultOf(
  subject: Subject,
  isOneOfSeveral: boolean,
  named: Scheme | undefined,
  options: Options,
  shared: DiagnoseOptions,
  terminal: Terminal,
): Promise<Result> {
  try {
    return await diagnoseSubject(subject, named, options, shared, terminal);
  } catch (error) {
    if (!isOneOfSeveral || !isMalformedInput(error)) throw error;
    return { subject, diagnosis: malformed(error) };
  }
}

async function diagnoseSubject(
  subject: Subject,
  named: Scheme | undefined,
  options: Options,
  shared: DiagnoseOptions,
  terminal: Terminal,
): Promise<Result> {
  refuseUnsent(subject, signatureHeaders);
  const { message, notes, receivedAt, exactBody, shownBody } = subject;
  const keyed = publicKeySchemeOf(options, message, publicKeyKind);
  if (keyed) return diagnoseByPublicKey(keyed, subject, options, shared);
  const unsigned = unsignedNote(subject, signatureHeaders);
  const alsoFits: RequestNote[] = [];
  // Loaded here, so that signing and verifying start without it.
  const [{ diagnoseInParallel }, { runJob }] = await Promise.all([
    import('../diagnosis/diagnose-in-parallel.ts'),
    import('../diagnosis/job.ts'),
  ]);
  const clock = shared.now === undefined && receivedAt ? { now: receivedAt.time } : {};
  const own = {
    ...clock,
    variables: subject.variables,
    ...(exactBody && { exactBody }),
    ...(shownBody && { shownBody }),
  };
  const jobOf = (scheme: Scheme): DiagnosisJob => {
    const [credential, ...alsoSecrets] = secrets(scheme, subject, options, terminal);
    return {
      scheme: named && options.schemeFile !== undefined ? named : scheme.id,
      credential,
      message,
      options: { ...shared, ...own, alsoSecrets },
    };
  };
  const scheme = schemeOf(subject, unsigned, named, {
    note: (summary) => alsoFits.push({ id: 'scheme/also-fits', summary }),
    isRight: (one) => runJob(jobOf(one), { ...untilRight, ms: options.budgetMs }).verdict === 'valid',
  });
  const job = jobOf(scheme);
  const diagnosis = await diagnoseInParallel(job, options.budgetMs);
  if (subject.openInScripts && isOfKey(diagnosis))
    throw badInput('input/unresolved', openReason(subject.openInScripts, terminal));
  const fixed = await fixedNotes(subject, diagnosis, (fixedMessage) => {
    const right = runJob({ ...job, message: fixedMessage }, { ...untilRight, ms: options.budgetMs });
    return right.verdict === 'valid';
  });
  const isUnsigned = unsigned && diagnosis.verdict === 'malformed';
  // Whoever pastes such a form has lost the headers with the signature on the way: nothing else is wrong for sure.
  if (isUnsigned && subject.form !== 'raw') throw badInput(unsigned.id, unsigned.summary);
  const before = [
    ...standingNotes(notes, diagnosis.notes),
    ...(clock.now && receivedAt ? [clockNote(receivedAt)] : []),
    ...(isUnsigned ? [unsigned] : []),
    ...(diagnosis.verdict === 'valid' ? [] : alsoFits),
  ];
  return { subject, diagnosis: { ...diagnosis, notes: [...before, ...fixed, ...diagnosis.notes] } };
}

/** Whether a run without a script's own values may be all there is to it. */
function isOfKey({ verdict, mistakes }: Diagnosis): boolean {
  return verdict === 'unexplained' || mistakes.some(({ id }) => id.startsWith('key/'));
}

function openReason(names: readonly string[], { env }: Terminal): string {
  return `the script did not sign what yours signs: ${openSentence(names)}; give it in an exported environment (--environment FILE), or, where it is the secret, by --secret-variable ${names[0]} with ${secretOptionSet(env)}`;
}

/** The same by public keys, among which those of other accounts may be. */
async function diagnoseByPublicKey(
  scheme: PublicKeyScheme,
  subject: Subject,
  { publicKey, alsoPublicKey }: Options,
  { now, publicHosts, publicUrls }: DiagnoseOptions,
): Promise<Result> {
  const { diagnosePublicKey } = await import('@countersign/core/diagnose-public-key');
  const { message, notes, receivedAt, exactBody, shownBody } = subject;
  const time = now ?? receivedAt?.time;
  const diagnosis = await diagnosePublicKey(scheme, publicKeyOf(scheme, publicKey), message, {
    alsoKeys: alsoPublicKey.map((given, at) => {
      const key = publicKeyOf(scheme, given, undefined, '--also-public-key');
      return given === key.name ? key : { ...key, name: `--also-public-key number ${at + 1}` };
    }),
    ...(time && { now: time }),
    ...(publicHosts && { publicHosts }),
    ...(publicUrls && { publicUrls }),
    ...(exactBody && { exactBody }),
    ...(shownBody && { shownBody }),
  });
  const before = [
    ...standingNotes(notes, diagnosis.notes),
    ...(now === undefined && receivedAt ? [clockNote(receivedAt)] : []),
  ];
  return { subject, diagnosis: { ...diagnosis, notes: [...before, ...diagnosis.notes] } };
}

/** That a request is right shows at once; what else it may be is not searched for. */
const untilRight = { candidates: 100, mistakes: 1 } as const;

const signatureHeaders = new Set(everyScheme.map(({ authorization }) => authorization.header));

/** What chooses where more than one scheme fits. */
interface Choice {
  readonly note: (summary: string) => void;
  readonly isRight: (scheme: Scheme) => boolean;
}

/** The scheme; where a request is like none of them because nothing is signed, what to bring. */
function schemeOf(
  { message }: Subject,
  unsigned: RequestNote | undefined,
  named: Scheme | undefined,
  { note, isRight }: Choice,
): Scheme {
  try {
    return chooseScheme(named, message, note, isRight);
  } catch (error) {
    if (unsigned && error instanceof CommandFailure && error.code === 'scheme/unrecognized')
      throw badInput(unsigned.id, unsigned.summary);
    throw error;
  }
}

type TextCredential = DiagnosisJob['credential'];

/** The secret that should have signed, then those that may have: what was named, and the development account's. */
function secrets(
  scheme: Scheme,
  { message, variables }: Subject,
  options: Options,
  terminal: Terminal,
): [TextCredential, ...TextCredential[]] {
  const [found, ...candidates] = secretVariable(options, variables, terminal, (where, named) =>
    candidateSecrets(scheme, message, named, where),
  );
  const named = options.alsoSecretEnv.map((name) => secretFromVariable(name, terminal.env, '--also-secret-env'));
  terminal.hide([found, ...named, ...candidates].map(({ text }) => text));
  return [asCredential(found), ...[...named, ...candidates].map(asCredential)];
}

/** The text as it was found: a secret that cannot be decoded is part of what is diagnosed. */
function asCredential({ text, keyId, host, origin }: FoundSecret): TextCredential {
  return {
    secret: text,
    name: origin,
    ...(keyId !== undefined && { keyId }),
    ...(host !== undefined && { endpointHost: host }),
  };
}

async function sharedOptions(options: Options): Promise<DiagnoseOptions> {
  return {
    ...(options.now !== undefined && { now: timeArgument(options.now, '--now') }),
    ...(options.yourString !== undefined && { yourStringToSign: await readInput(options.yourString) }),
    ...(options.yourSignature !== undefined && { yourSignature: options.yourSignature }),
    variables: Object.fromEntries(options.var.map(variable)),
    publicHosts: options.host,
    publicUrls: options.publicUrl.map(publicUrl),
    // The secret is read from the environment or a file of whoever runs the command.
    callerHoldsKey: true,
  };
}

/** `name=value`, or `{{name}}=value`, as the name stands in the template. */
function variable(text: string): [string, string] {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(equals, 0)).replace(/^\{\{[ \t]*([^{}]*?)[ \t]*\}\}$/, '$1');
  if (name !== '') return [name, text.slice(equals + 1)];
  throw new CommandFailure('usage/variable', `--var "${text}" is not name=value`);
}

function publicUrl(text: string): string {
  if (/^https?:\/\/[^/?#@\s]+(?:[/?][^#\s]*)?$/i.test(text) && URL.canParse(text)) return text;
  throw new CommandFailure(
    'usage/public-url',
    '--public-url is not given an http(s) URL without user name and fragment, such as https://example.com/hooks',
  );
}

function positiveInteger(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of milliseconds, 1 or more.');
}

function exitCodeOf({ verdict }: Pick<Diagnosis, 'verdict'>): ExitCode {
  if (verdict === 'malformed') return exitCode.badInput;
  return verdict === 'unexplained' ? exitCode.no : exitCode.yes;
}

function reportText({ subject, diagnosis }: Result, chosen: FixLanguage | undefined, { paint }: Terminal): string {
  const { entry } = subject;
  const head = entry
    ? `${[`${paint('bold', `entry ${entry.index}`)} `, entry.status ?? entry.name ?? [], entry.url].flat().join(' ')}\n`
    : '';
  return head + diagnosisReport(diagnosis, subject.message, chosen ?? diagnosis.language, paint);
}

/**
 * What `diagnose --json` prints; schema/diagnose.schema.json describes it. Of several requests the first is at the top,
 * like a single one, and the others follow in `more`; each says which it is.
 */
function diagnosisJson(results: readonly Result[]): unknown {
  const [first, ...more] = results.map(({ subject, diagnosis }) => ({
    ...diagnosis,
    ...(subject.entry && { request: subject.entry }),
  }));
  return first && 'request' in first ? { ...first, more } : first;
}

/** Input that was there, but could not be read as a request of any scheme. */
function isMalformedInput(error: unknown): error is CommandFailure | CountersignError {
  if (!(error instanceof CommandFailure) && !(error instanceof CountersignError)) return false;
  return error.code === 'scheme/unrecognized' || (error.code.startsWith('input/') && error.code !== 'input/unreadable');
}

type Unread = Omit<Diagnosis, 'scheme'> & { readonly scheme: null };

/** That, in the shape of a diagnosis. */
function malformed({ code, message }: CommandFailure | CountersignError): Unread {
  const notes = [{ id: code, summary: message }];
  return {
    scheme: null,
    verdict: 'malformed',
    mistakes: [],
    alternatives: [],
    notes,
    missing: [],
    tried: 0,
    elapsedMs: 0,
  };
}

const examples = `
FILE may be a raw request, a curl command or what curl -v shows, a HAR file, an editor's .http file, headers of HTTP/2,
what Postman's console gives, a Postman collection; indented, quoted, in a code block or in UTF-16. The error says what a file
is that cannot be used.

Examples:
  countersign diagnose refused.http
  countersign diagnose refused.http --language python --also-secret-env OLD_CONNECTION_STRING
  countersign diagnose --curl "curl -X POST https://… -H 'Authorization: …' -d @body.json"
  countersign diagnose --har session.har --json
  countersign diagnose thread.postman_collection.json --run-scripts --secret-variable key
  countersign diagnose callback.http --your-string what-my-receiver-makes.txt

Exit codes: 0 valid or explained, 1 unexplained, 2 malformed.
`;
