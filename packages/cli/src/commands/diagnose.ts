import { Command, InvalidArgumentError, Option } from 'commander';
import type { DiagnoseOptions, Diagnosis, FixLanguage } from '@countersign/core/diagnose';
import { CountersignError } from '@countersign/core/errors';
import { standingNotes } from '@countersign/core/requests/request-note';
import type { Scheme } from '@countersign/core/scheme';
import { chooseScheme } from '../choose-scheme.ts';
import { candidateSecrets } from '../credentials/candidate-secrets.ts';
import type { SecretOptions } from '../credentials/find-credential.ts';
import { secretsHelp, withSecretOptions } from '../credentials/secret-options.ts';
import { secretFromVariable, type FoundSecret } from '../credentials/secret-source.ts';
import type { DiagnosisJob } from '../diagnosis/job.ts';
import { CommandFailure, exitCode, type ExitCode } from '../failure.ts';
import { diagnosisReport } from '../output/diagnosis-report.ts';
import { readInput } from '../read-input.ts';
import { readSubjects, type DiagnosisSubject } from '../requests/diagnosis-subjects.ts';
import { collect } from '../repeated-argument.ts';
import type { Terminal } from '../terminal.ts';
import { timeArgument } from '../time-argument.ts';

interface Options extends SecretOptions {
  readonly curl?: string;
  readonly har?: string;
  readonly scheme?: string;
  readonly now?: string;
  readonly alsoSecretEnv: readonly string[];
  readonly var: readonly string[];
  readonly host: readonly string[];
  readonly publicUrl: readonly string[];
  readonly yourString?: string;
  readonly budgetMs: number;
  readonly language: FixLanguage;
  readonly json?: boolean;
}

const languages: readonly FixLanguage[] = ['javascript', 'python', 'csharp', 'java', 'php', 'postman'];

/** `countersign diagnose`: finds the mistake with which a rejected request was signed. */
export function diagnoseCommand(terminal: Terminal): Command {
  return withSecretOptions(new Command('diagnose'))
    .description('find the mistake with which a rejected request was signed, and prove it')
    .argument('[file]', 'the raw request: head, blank line, body byte for byte; - for standard input')
    .option('--curl <command>', 'a curl command line instead of a file')
    .option('--har <file>', 'a HAR file instead: its refused requests, or all signed ones')
    .option('--scheme <id>', 'the signature scheme (default: recognized by the request)')
    .option('--now <time>', "the verifier's clock, ISO 8601 or RFC 1123 (default: now)")
    .option('--also-secret-env <name>', 'a variable with another secret to try; repeatable', collect, [])
    .option('--var <name=value>', 'a template variable of yours, such as callConnectionId=…; repeatable', collect, [])
    .option('--host <host>', 'a host under which the service is known from outside; repeatable', collect, [])
    .option('--public-url <url>', 'the URL by which the sender calls your receiver; repeatable', collect, [])
    .option('--your-string <file>', 'the string that you signed, byte for byte')
    .addOption(
      new Option('--budget-ms <ms>', 'the most that the search may take; its work is measured by it')
        .default(10_000)
        .argParser(positiveInteger),
    )
    .addOption(new Option('--language <name>', 'the language of the fix').choices(languages).default('javascript'))
    .option('--json', 'print one JSON value')
    .addHelpText('after', examples + secretsHelp)
    .action((file: string | undefined, options: Options) => diagnoseAction(file, options, terminal));
}

async function diagnoseAction(file: string | undefined, options: Options, terminal: Terminal): Promise<void> {
  terminal.wantsJson = options.json ?? false;
  const results: Result[] = [];
  try {
    const shared = await sharedOptions(options);
    const subjects = await readSubjects({ ...options, file });
    for (const subject of subjects) results.push(await diagnoseSubject(subject, options, shared, terminal));
  } catch (error) {
    if (!options.json || !isMalformedInput(error)) throw error;
    terminal.exit(exitCode.badInput);
    terminal.json(malformed(error));
    return;
  }
  terminal.exit(
    results.map(({ diagnosis }) => exitCodeOf(diagnosis)).reduce((worst, code) => (code > worst ? code : worst)),
  );
  if (options.json) terminal.json(diagnosisJson(results));
  else terminal.result(results.map((result) => reportText(result, options.language, terminal)).join('\n\n'));
}

interface Result {
  readonly subject: DiagnosisSubject;
  readonly diagnosis: Diagnosis;
}

async function diagnoseSubject(
  subject: DiagnosisSubject,
  options: Options,
  shared: DiagnoseOptions,
  terminal: Terminal,
): Promise<Result> {
  const { message, notes, exactBody } = subject;
  const scheme = chooseScheme(options.scheme, message);
  const [credential, ...alsoSecrets] = secrets(scheme, subject, options, terminal);
  // Loaded here, so that signing and verifying start without it.
  const { diagnoseInParallel } = await import('../diagnosis/diagnose-in-parallel.ts');
  const job = {
    scheme: scheme.id,
    credential,
    message,
    options: { ...shared, alsoSecrets, ...(exactBody && { exactBody }) },
  };
  const diagnosis = await diagnoseInParallel(job, options.budgetMs);
  return {
    subject,
    diagnosis: { ...diagnosis, notes: [...standingNotes(notes, diagnosis.notes), ...diagnosis.notes] },
  };
}

type TextCredential = DiagnosisJob['credential'];

/** The secret that should have signed, then those that may have: what was named, and the development account's. */
function secrets(
  scheme: Scheme,
  { message }: DiagnosisSubject,
  options: Options,
  terminal: Terminal,
): [TextCredential, ...TextCredential[]] {
  const [found, ...candidates] = candidateSecrets(scheme, message, options, terminal);
  const named = options.alsoSecretEnv.map((name) => secretFromVariable(name, terminal.env, '--also-secret-env'));
  terminal.hide([found, ...named, ...candidates].map(({ text }) => text));
  return [asCredential(found), ...[...named, ...candidates].map(asCredential)];
}

/** The text as it was found: a secret that cannot be decoded is part of what is diagnosed. */
function asCredential({ text, keyId, origin }: FoundSecret): TextCredential {
  return { secret: text, name: origin, ...(keyId !== undefined && { keyId }) };
}

async function sharedOptions(options: Options): Promise<DiagnoseOptions> {
  return {
    ...(options.now !== undefined && { now: timeArgument(options.now, '--now') }),
    ...(options.yourString !== undefined && { yourStringToSign: await readInput(options.yourString) }),
    variables: Object.fromEntries(options.var.map(variable)),
    publicHosts: options.host,
    publicUrls: options.publicUrl.map(publicUrl),
    // The secret is read from the environment or a file of whoever runs the command.
    callerHoldsKey: true,
  };
}

/** `name=value`, or with the name in the braces of a template. */
function variable(text: string): [string, string] {
  const [, inBraces, plain, value = ''] = /^(?:\{\{\s*([^{}]+?)\s*\}\}|([^=]+))=(.*)$/s.exec(text) ?? [];
  const name = inBraces ?? plain;
  if (name !== undefined) return [name, value];
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

function exitCodeOf({ verdict }: Diagnosis): ExitCode {
  if (verdict === 'malformed') return exitCode.badInput;
  return verdict === 'unexplained' ? exitCode.no : exitCode.yes;
}

function reportText({ subject, diagnosis }: Result, language: FixLanguage, { paint }: Terminal): string {
  const { entry } = subject;
  const head = entry ? `${paint('bold', `entry ${entry.index}`)}  ${entry.status} ${entry.url}\n` : '';
  return head + diagnosisReport(diagnosis, subject.message, language, paint);
}

/**
 * What `diagnose --json` prints; schema/diagnose.schema.json describes it. With a HAR file the first request is at the
 * top, like a single one, and the others follow in `more`.
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

/** That, in the shape of a diagnosis. */
function malformed({ code, message }: CommandFailure | CountersignError): Omit<Diagnosis, 'scheme'> & { scheme: null } {
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
Examples:
  countersign diagnose refused.http
  countersign diagnose refused.http --language python --also-secret-env OLD_CONNECTION_STRING
  countersign diagnose --curl "curl -X POST https://… -H 'Authorization: …' -d @body.json"
  countersign diagnose --har session.har --json

Exit codes: 0 valid or explained, 1 unexplained, 2 malformed.
`;
