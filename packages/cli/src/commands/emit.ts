import { Command } from 'commander';
import { headerValue, type Header } from '@countersign/core/message';
import type { SecretOptions } from '../credentials/find-credential.ts';
import { secretsHelp, withSecretOptions } from '../credentials/secret-options.ts';
import { countArgument, rateArgument } from '../count-argument.ts';
import { durationArgument } from '../duration-argument.ts';
import { emitEvents, isTaken, type Emission, type Sent } from '../emit/emit-events.ts';
import { eventByName, eventCatalog, type EventCatalog, type NamedEvent } from '../emit/event-catalog.ts';
import { findProof, trustNote, type EventCredential } from '../emit/event-proof.ts';
import { keyPairSigner, noSigner, schemeSigner, tokenSigner, type EventSigner } from '../emit/event-signer.ts';
import { publicKeyText } from '../emit/key-pair.ts';
import { serveKeys } from '../emit/serve-keys.ts';
import { wallClock } from '../endpoint/clock.ts';
import { badInput, exitCode } from '../failure.ts';
import { headerArgument } from '../header-argument.ts';
import { listenArgument, type ListenAddress } from '../listen-argument.ts';
import { refuseBoth, schemeOfFile } from '../named-scheme.ts';
import { table } from '../output/table.ts';
import { textOrBase64 } from '../output/visible-text.ts';
import { examplesFor } from '../plugs.ts';
import { readData } from '../read-input.ts';
import { collect } from '../repeated-argument.ts';
import { endpointUrl } from '../requests/endpoint-url.ts';
import { nonceHeader } from '../requests/signed-message.ts';
import { methodArgument } from '../requests/signing-options.ts';
import type { Terminal } from '../terminal.ts';

interface EmitOptions extends SecretOptions {
  readonly to?: string;
  readonly list?: boolean;
  readonly data?: string;
  readonly scheme?: string;
  readonly schemeFile?: string;
  readonly method?: string;
  readonly header: readonly string[];
  readonly count: number;
  readonly rate?: number;
  readonly age: number;
  readonly audience?: string;
  readonly keyFile?: string;
  readonly serveKeys?: ListenAddress;
  readonly json?: boolean;
}

/** `countersign emit`: sends a rightly signed event to an endpoint of one's own. */
export function emitCommand(terminal: Terminal): Command {
  const command = new Command('emit')
    .description('send a correctly signed event to your own endpoint, and print its answer')
    .argument('[event]', 'a ready event by its name (--list), unless --data is the body')
    .option('--to <url>', 'your endpoint: an absolute URL, signed exactly as written')
    .option('--list', 'name the ready events: those that the local server sends, and an example for each scheme')
    .option('--scheme <id>', 'what proves the event: a scheme or a token (default: what its provider uses)')
    .option('--scheme-file <file>', 'a scheme of your own in JSON, in place of --scheme (docs/define-a-scheme.md)')
    .option('-d, --data <data>', 'a body of your own: the text itself, or @FILE (@- for standard input), byte for byte')
    .option('-X, --method <method>', 'the request method (default: POST)', methodArgument)
    .option('-H, --header <line>', 'a further header, "Name: value"; repeatable', collect, [])
    .option('--count <n>', 'how many events to send, one after the other', countArgument, 1)
    .option('--rate <n>', 'at most so many a second', rateArgument)
    .option('--age <span>', 'how old they are to be: 10m; with a minus, from the future', durationArgument, 0)
    .option('--audience <id>', "of a token: the id of the account whose event it is (default: the local server's)")
    .option(
      '--key-file <file>',
      'of a token, or of a scheme that a private key signs for: the key pair; made when it is not there',
    )
    .option(
      '--serve-keys <address>',
      'of a token: publish its key at [HOST:]PORT while events are sent',
      listenArgument,
    )
    .option('--json', 'print one JSON value');
  return withSecretOptions(command)
    .addHelpText('after', examples + secretsHelp)
    .action(async (name: string | undefined, options: EmitOptions) => {
      terminal.wantsJson = options.json ?? false;
      const catalog = await eventCatalog();
      if (options.list) return list(catalog, terminal);
      await emit(name, options, catalog, terminal);
    });
}

async function emit(
  name: string | undefined,
  options: EmitOptions,
  catalog: EventCatalog,
  terminal: Terminal,
): Promise<void> {
  const { to, count, rate, age, json } = options;
  if (to === undefined) throw badInput('usage/to', 'no endpoint: give --to URL');
  refuseBoth(options);
  const own = options.schemeFile === undefined ? undefined : await schemeOfFile(options.schemeFile);
  const event = await chosenEvent(name, own ? { ...options, scheme: own.id } : options, catalog);
  const method = options.method ?? event.method;
  const { protocol, authority } = endpointUrl(to, method);
  const proof =
    event.scheme === 'none'
      ? undefined
      : await findProof(own ?? event.scheme, options, catalog.tokens, authority, terminal);
  for (const note of notesOn(proof, count)) terminal.note(note);
  const signer = signerOf(proof);
  const keys = proof?.by === 'token' && options.serveKeys ? await serveKeys(proof, options.serveKeys) : undefined;
  if (keys) terminal.note(`the key is at ${keys.url} for as long as events are sent`);
  const emission: Emission = {
    protocol,
    authority,
    url: to,
    method,
    headers: headersOf(event, options),
    body: (at) => event.body(at, proof?.account),
    signer,
    count,
    perSecond: rate,
    ageMs: age,
  };
  const all: Sent[] = [];
  try {
    for await (const sent of emitEvents(emission, wallClock)) {
      all.push(sent);
      if (!json) printSent(sent, count, terminal);
    }
  } finally {
    await keys?.close();
  }
  const taken = all.filter(({ outcome }) => isTaken(outcome)).length;
  terminal.exit(taken === all.length ? exitCode.yes : exitCode.no);
  if (json) terminal.json(emitJson(to, event.name, signer, proof, all, taken));
  else if (count > 1) terminal.say(`${taken} of ${all.length} events were accepted`);
  if (taken < all.length && proof?.by === 'token' && !json) {
    if (proof.key === proof.token.developmentKey) terminal.note(trustNote(proof.publicKey));
    if (keys?.asked() === 0) terminal.note(`it did not ask for the keys at ${keys.url}`);
  }
}

/** An event with the bytes of its body. */
interface ChosenEvent extends Omit<NamedEvent, 'body' | 'name'> {
  readonly name: string | undefined;
  readonly body: (at: Date, account: string | undefined) => Uint8Array;
}

async function chosenEvent(
  name: string | undefined,
  { data, scheme }: EmitOptions,
  catalog: EventCatalog,
): Promise<ChosenEvent> {
  if (name === undefined) {
    if (data === undefined) throw badInput('usage/event', 'nothing to send: name an event (--list), or give --data');
    if (scheme === undefined)
      throw badInput('usage/scheme', 'a body of your own says nothing of its scheme; give --scheme');
    const body = await readData(data);
    const headers: Header[] = isJson(body) ? [['Content-Type', 'application/json']] : [];
    return { name: undefined, about: '', scheme, method: 'POST', headers, body: () => body };
  }
  if (data !== undefined) {
    throw badInput(
      'usage/event',
      'an event by its name and --data are two bodies; for yours, give --scheme in place of the name',
    );
  }
  const event = eventByName(catalog, name);
  return {
    ...event,
    scheme: scheme ?? event.scheme,
    body: (at, account) => Buffer.from(event.body(at, account), 'utf8'),
  };
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(body).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function headersOf({ headers }: ChosenEvent, { header }: EmitOptions): readonly Header[] {
  const given = header.map(headerArgument);
  const own: Header[] = [['User-Agent', 'countersign-emit'], ...headers];
  return [...own.filter(([name]) => headerValue(given, name) === undefined), ...given];
}

/** Signs the events of a proof. */
function signerOf(proof: EventCredential | undefined): EventSigner {
  if (!proof) return noSigner;
  if (proof.by === 'key pair') return keyPairSigner(proof.scheme, proof.privateKey);
  return proof.by === 'scheme'
    ? schemeSigner(proof.scheme, proof.credential)
    : tokenSigner(proof.token, proof.account, proof.key);
}

/** What is worth knowing before anything is sent. */
function notesOn(proof: EventCredential | undefined, count: number): readonly string[] {
  if (!proof) return ['nothing in this request proves whose it is: its provider signs no such event'];
  if (proof.by === 'token' || count === 1 || proof.scheme.date || nonceHeader(proof.scheme) !== undefined) return [];
  return [
    `${proof.scheme.id} signs neither a time nor a nonce: the same body is the same request each time, and a repeat`,
  ];
}

function printSent({ outcome, elapsedMs }: Sent, count: number, terminal: Terminal): void {
  const { paint } = terminal;
  if ('failure' in outcome) {
    if (count > 1) terminal.result(paint('red', `no answer: ${outcome.failure}`));
    else terminal.say(`${terminal.paintError('red', 'error:')} no answer: ${outcome.failure}`);
    return;
  }
  const { status, statusText, headers, body, isCut } = outcome;
  const line = paint(isTaken(outcome) ? 'green' : 'red', `HTTP/1.1 ${status} ${statusText}`.trimEnd());
  if (count > 1) {
    terminal.result(`${line}  ${elapsedMs} ms`);
    return;
  }
  terminal.result(line);
  for (const [name, value] of headers) terminal.result(`${name}: ${value}`);
  terminal.result('');
  if (body.length > 0) terminal.result(body);
  if (body.length > 0 && body.at(-1) !== 10) terminal.result('');
  if (isCut) terminal.note('the answer was longer, or broke off');
}

/** What `emit --json` prints; schema/emit.schema.json describes it. */
function emitJson(
  to: string,
  event: string | undefined,
  { scheme }: EventSigner,
  proof: EventCredential | undefined,
  all: readonly Sent[],
  taken: number,
): unknown {
  return {
    to,
    ...(event !== undefined && { event }),
    scheme,
    ...(proof?.by === 'token' && { publicKey: proof.publicKey }),
    ...(proof?.by === 'key pair' && { publicKeyText: publicKeyText(proof.publicKey) }),
    accepted: taken,
    sent: all.map(({ message: { method, target, headers, body }, outcome, elapsedMs }) => ({
      request: { method, target, headers, body: textOrBase64(body) },
      answer:
        'failure' in outcome
          ? { failure: outcome.failure }
          : {
              status: outcome.status,
              statusText: outcome.statusText,
              headers: outcome.headers,
              body: textOrBase64(outcome.body),
            },
      elapsedMs,
    })),
  };
}

function list({ events }: EventCatalog, terminal: Terminal): void {
  if (terminal.wantsJson) {
    terminal.json(events.map(({ name, about, scheme }) => ({ name, scheme, about })));
    return;
  }
  const rows = events.map(({ name, about, scheme }) => [
    name,
    scheme,
    name.endsWith('/example') ? about : `when ${about}`,
  ]);
  for (const line of table([['EVENT', 'PROOF', 'ABOUT'], ...rows])) terminal.result(line);
}

const examples = `
Examples:
  countersign emit --list
${examplesFor('emit')}
`;
