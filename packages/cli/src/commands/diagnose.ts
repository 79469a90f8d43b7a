import { Command, InvalidArgumentError, Option } from 'commander';
import { givenVariables } from '../collections/given-variables.ts';
import { secretForScripts } from '../collections/secret-variable.ts';
import { withPublicKeyOption } from '../credentials/public-keys.ts';
import { secretsHelp, withSecretOptions } from '../credentials/secret-options.ts';
import { addCodeNotes, reportCode } from '../diagnosing/code-beside.ts';
import { resultOf } from '../diagnosing/diagnose-subject.ts';
import { sharedOptions, type DiagnoseCommandOptions } from '../diagnosing/options.ts';
import {
  diagnosisJson,
  exitCodeOf,
  isMalformedInput,
  malformed,
  reportText,
  type Result,
} from '../diagnosing/result.ts';
import { exitCode } from '../failure.ts';
import { namedScheme, withSchemeOptions } from '../named-scheme.ts';
import { languageNames } from '../output/languages.ts';
import { publicKeySchemeById } from '../public-key-schemes.ts';
import { readInput } from '../read-input.ts';
import { collect } from '../repeated-argument.ts';
import { readSubjects } from '../requests/diagnosis-subjects.ts';
import type { Terminal } from '../terminal.ts';

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
    .action((file: string | undefined, options: DiagnoseCommandOptions) => diagnoseAction(file, options, terminal));
}

async function diagnoseAction(
  file: string | undefined,
  options: DiagnoseCommandOptions,
  terminal: Terminal,
): Promise<void> {
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

function positiveInteger(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of milliseconds, 1 or more.');
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
