import { Command, Option } from 'commander';
import type { FixLanguage } from '@countersign/core/diagnose';
import { readClaims } from '@countersign/core/claims';
import type { Message } from '@countersign/core/message';
import { atPlace, publicPlace } from '@countersign/core/receive';
import { verify, type NamedKey, type Verification } from '@countersign/core/verify';
import { verifyAsync } from '@countersign/core/verify-async';
import type { RefusalCode } from '@countersign/core/errors';
import type { AnyScheme, PublicKeyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { readRawRequest } from '@countersign/core/requests/raw-request';
import type { RequestNote } from '@countersign/core/requests/request-note';
import { chooseScheme } from '../choose-scheme.ts';
import { candidateSecrets } from '../credentials/candidate-secrets.ts';
import { asChosen, credentialOf, type SecretOptions } from '../credentials/find-credential.ts';
import { type PublicKeyOptions, publicKeyKind, publicKeyOf, withPublicKeyOption } from '../credentials/public-keys.ts';
import { secretsHelp, withSecretOptions } from '../credentials/secret-options.ts';
import { badInput, exitCode } from '../failure.ts';
import { namedScheme, withSchemeOptions, type SchemeOptions } from '../named-scheme.ts';
import { languageNames } from '../output/languages.ts';
import { traceJson } from '../output/trace-report.ts';
import { publicKeySchemeOf } from '../public-key-schemes.ts';
import { readInput } from '../read-input.ts';
import type { Terminal } from '../terminal.ts';
import { timeArgument } from '../time-argument.ts';

interface VerifyOptions extends SecretOptions, SchemeOptions, PublicKeyOptions {
  readonly now?: string;
  readonly tolerant?: boolean;
  readonly publicUrl?: string;
  readonly json?: boolean;
  readonly output?: FixLanguage;
}

/** A verdict, whatever the kind of its key. */
type Judged = Verification<RefusalCode, NamedKey>;

/** `countersign verify`: tells whether a raw request is rightly signed. */
export function verifyCommand(terminal: Terminal): Command {
  const command = new Command('verify')
    .description('tell whether a raw HTTP/1.1 request is rightly signed')
    .argument('[file]', 'the raw request: head, blank line, body byte for byte; - for standard input');
  return withPublicKeyOption(
    withSecretOptions(withSchemeOptions(command, 'the signature scheme (default: recognized by the request)')),
  )
    .option('--now <time>', "the verifier's clock, ISO 8601 or RFC 1123 (default: now)")
    .option('--public-url <url>', 'the root URL by which the sender calls your receiver, for schemes that sign URLs')
    .option('--tolerant', 'accept the known deviations of official SDKs')
    .addOption(
      new Option(
        '--output <language>',
        'print a program that receives such requests and verifies them instead',
      ).choices(languageNames),
    )
    .option('--json', 'print one JSON value')
    .addHelpText('after', examples + secretsHelp)
    .action(async (file: string | undefined, options: VerifyOptions) => {
      terminal.wantsJson = options.json ?? false;
      if (options.output !== undefined) return printReceiver(options.output, file, options, terminal);
      if (file === undefined) throw badInput('usage/source', 'give a request: a FILE, or - for standard input');
      const { message: received, notes } = readRawRequest(await readInput(file));
      const message = atPublicUrl(received, options.publicUrl);
      const keyed = publicKeySchemeOf(options, message, publicKeyKind);
      if (keyed) return verifyByPublicKey(keyed, message, notes, options, terminal);
      const verified = (scheme: Scheme): Verification => {
        const secrets = candidateSecrets(scheme, message, options, terminal);
        const credentials = secrets.map((secret) => credentialOf(scheme, secret));
        const read = readClaims(scheme, message);
        // A request that names no key is refused for that, before a key id is asked for.
        if (!read.ok) return { ...read, trace: () => undefined };
        return verify(scheme, credentials, message, {
          ...(options.now !== undefined && { now: timeArgument(options.now, '--now') }),
          tolerate: options.tolerant ? 'all' : [],
        });
      };
      const note = (text: string): void => terminal.note(text);
      const scheme = chooseScheme(await namedScheme(options), message, note, (one) => verified(one).ok);
      const result = verified(scheme);
      terminal.exit(result.ok ? exitCode.yes : exitCode.no);
      if (options.json) terminal.json(verifyJson(scheme, result, notes));
      else report(scheme, result, notes, terminal);
    });
}

/** The same by a public key. */
async function verifyByPublicKey(
  scheme: PublicKeyScheme,
  message: Message,
  notes: readonly RequestNote[],
  options: VerifyOptions,
  terminal: Terminal,
): Promise<void> {
  const key = publicKeyOf(scheme, options.publicKey, options.keyId);
  const result = await verifyAsync(scheme, key, message, {
    ...(options.now !== undefined && { now: timeArgument(options.now, '--now') }),
    tolerate: options.tolerant ? 'all' : [],
  });
  terminal.exit(result.ok ? exitCode.yes : exitCode.no);
  if (options.json) terminal.json(verifyJson(scheme, result, notes));
  else report(scheme, result, notes, terminal);
}

/** A program reads the secret when it runs, so none is looked for here; of a request nothing is asked but its scheme. */
async function printReceiver(
  language: FixLanguage,
  file: string | undefined,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<void> {
  const named = await namedScheme(options);
  if (!named && file === undefined)
    throw badInput(
      'usage/source',
      'give --scheme, or a request to recognize the scheme by: a FILE, or - for standard input',
    );
  const scheme =
    named ??
    chooseScheme(
      undefined,
      await messageOf(file ?? '-'),
      (note) => terminal.note(note),
      () => false,
    );
  const { receivingProgram } = await import('@countersign/core/programs');
  terminal.result(receivingProgram(language, asChosen(scheme, options)).trimEnd());
}

const messageOf = async (file: string): Promise<Message> => readRawRequest(await readInput(file)).message;

/** The request as its sender addressed it. */
function atPublicUrl(received: Message, publicUrl: string | undefined): Message {
  if (publicUrl === undefined) return received;
  try {
    return atPlace(received, publicPlace({ publicUrl }));
  } catch (error) {
    throw badInput('usage/public-url', `--public-url: ${(error as Error).message}`);
  }
}

/** What `verify --json` prints; schema/verify.schema.json describes it. */
function verifyJson(scheme: AnyScheme, result: Judged, requestNotes: readonly RequestNote[]): unknown {
  const trace = result.trace();
  const shared = { scheme: scheme.id, ok: result.ok };
  const end = { ...(trace && { trace: traceJson(trace) }) };
  if (!result.ok) return { ...shared, code: result.code, summary: result.summary, notes: requestNotes, ...end };
  const { credential, deviation, notes } = result;
  return {
    ...shared,
    key: credential.name,
    ...(result.keyId !== undefined && { keyId: result.keyId }),
    signature: result.signature,
    signsTime: result.signsTime,
    ...(result.signedAt && { signedAt: result.signedAt.toISOString() }),
    ...(result.nonce !== undefined && { nonce: result.nonce }),
    coveredHeaders: result.coveredHeaders,
    replayKey: result.replayKey,
    ...(deviation && { deviation: { id: deviation.id, summary: deviation.summary } }),
    notes: [...requestNotes, ...notes],
    ...end,
  };
}

function report(scheme: AnyScheme, result: Judged, notes: readonly RequestNote[], terminal: Terminal): void {
  for (const { summary } of notes) terminal.note(summary);
  if (!result.ok) {
    terminal.result(`${terminal.paint('red', 'refused')} ${result.code}: ${result.summary}`);
    terminal.say('countersign diagnose tells why: it takes the same file.');
    return;
  }
  const { credential, deviation } = result;
  const keyId = credential.keyId === undefined ? '' : `, key id ${credential.keyId}`;
  const by = 'publicKey' in credential ? 'verified with' : 'signed with the key of';
  terminal.result(`${terminal.paint('green', 'valid')} ${scheme.id}, ${by} ${credential.name ?? 'yours'}${keyId}`);
  if (deviation) terminal.result(`tolerated ${deviation.id}: ${deviation.summary}`);
  if (!result.signsTime) terminal.note(`${scheme.id} signs no time: an old request is valid for ever`);
  for (const { summary } of result.notes) terminal.note(summary);
}

const examples = `
Examples:
  countersign verify request.http
  countersign verify request.http --now 2024-05-27T09:08:07Z
  countersign verify request.http --output python > receive.py
  countersign sign --output http http://localhost:7509/calling/v1/calls/id/1 | countersign verify - --json
`;
