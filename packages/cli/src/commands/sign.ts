import { Command, Option } from 'commander';
import type { FixLanguage } from '@countersign/core/diagnose';
import { writeCurlCommand } from '@countersign/core/requests/curl-writer';
import { asChosen } from '../credentials/find-credential.ts';
import { secretsHelp } from '../credentials/secret-options.ts';
import { badInput } from '../failure.ts';
import { isLanguage, languageNames } from '../output/languages.ts';
import { traceJson, traceReport } from '../output/trace-report.ts';
import { textOrBase64 } from '../output/visible-text.ts';
import { examplesFor } from '../plugs.ts';
import { prepareRequest, unsignedRequest, type PreparedRequest } from '../requests/prepare-request.ts';
import { writeRawRequest } from '../requests/raw-request-writer.ts';
import { withSigningOptions, type SigningOptions } from '../requests/signing-options.ts';
import type { Terminal } from '../terminal.ts';

interface SignOptions extends SigningOptions {
  readonly output: 'headers' | 'curl' | 'http' | 'json' | FixLanguage;
  readonly json?: boolean;
  readonly explain?: boolean;
}

/** `countersign sign`: prints the headers that sign a request, or the whole signed request. */
export function signCommand(terminal: Terminal): Command {
  return withSigningOptions(new Command('sign'))
    .description(
      'sign a request and print its headers, a curl command, the raw request, JSON, or a program that signs it',
    )
    .addOption(
      new Option('--output <form>', 'what to print; of a language, a program that signs this request and sends it')
        .choices(['headers', 'curl', 'http', 'json', ...languageNames])
        .default('headers'),
    )
    .option('--json', 'the same as --output json')
    .option('--explain', 'also show the named parts and the string to sign')
    .addHelpText('after', examples + secretsHelp)
    .action(async (url: string, options: SignOptions) => {
      const output = options.json ? 'json' : options.output;
      terminal.wantsJson = output === 'json';
      if (isLanguage(output)) return printProgram(output, url, options, terminal);
      const prepared = await prepareRequest(url, options, terminal.env);
      terminal.hide([prepared.credential.secret]);
      for (const note of prepared.notes) terminal.note(note);
      if (output === 'json') return terminal.json(signJson(prepared, options.explain ?? false));
      const explanation = options.explain
        ? traceReport(
            prepared.signature.trace(),
            prepared.scheme,
            output === 'headers' ? terminal.paint : terminal.paintError,
          )
        : undefined;
      if (output === 'headers') {
        if (explanation !== undefined)
          terminal.result(`${explanation}\n\n${terminal.paint('bold', 'headers to send')}`);
        for (const [name, value] of prepared.signature.headers) terminal.result(`${name}: ${value}`);
        return;
      }
      if (explanation !== undefined) terminal.say(explanation);
      terminal.result(output === 'curl' ? curlCommand(prepared) : writeRawRequest(prepared.message));
    });
}

function curlCommand({ protocol, authority, message, dataFile }: PreparedRequest): string {
  const file = dataFile === undefined ? {} : { dataFile };
  const command = writeCurlCommand({ origin: `${protocol}//${authority}`, message, ...file });
  if (command !== undefined) return command;
  if (message.method === 'HEAD')
    throw badInput('output/head-body', 'curl sends no body with HEAD; take another method or another --output');
  throw badInput('output/binary-body', 'the body is binary, which no command line can hold; give it as --data @FILE');
}

/** A program reads the secret when it runs, so none is looked for here. */
async function printProgram(
  language: FixLanguage,
  url: string,
  options: SignOptions,
  terminal: Terminal,
): Promise<void> {
  if (options.explain)
    throw badInput('usage/explain', '--explain shows what is signed, and a program signs when it runs; leave one out');
  if (options.date !== undefined) terminal.note('--date is left out: the program signs the time at which it runs');
  const { scheme, protocol, authority, message } = await unsignedRequest(url, options, terminal.env);
  const { signingProgram } = await import('@countersign/core/programs');
  const request = { url: `${protocol}//${authority}${message.target}`, message, dateHeader: options.dateHeader };
  terminal.result(signingProgram(language, asChosen(scheme, options), request).trimEnd());
}

/** What `sign --output json` prints; schema/sign.schema.json describes it. */
function signJson({ scheme, signature, protocol, authority, message }: PreparedRequest, explain: boolean): unknown {
  return {
    scheme: scheme.id,
    method: message.method,
    url: `${protocol}//${authority}${message.target}`,
    headers: message.headers,
    body: textOrBase64(message.body),
    signature: signature.signature,
    signingHeaders: signature.headers,
    ...(explain && { trace: traceJson(signature.trace()) }),
  };
}

const examples = `
Examples:
${examplesFor('sign')}
`;
