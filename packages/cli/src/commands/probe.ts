import { Command, Option } from 'commander';
import { rateArgument } from '../count-argument.ts';
import type { SecretOptions } from '../credentials/find-credential.ts';
import { secretsHelp, withSecretOptions } from '../credentials/secret-options.ts';
import { eventByName, eventCatalog } from '../emit/event-catalog.ts';
import { findProof, type EventCredential } from '../emit/event-proof.ts';
import { serveKeys } from '../emit/serve-keys.ts';
import { splitAuthority, type EndpointOutcome } from '../endpoint/ask-endpoint.ts';
import { wallClock } from '../endpoint/clock.ts';
import { ownNetworkLookup } from '../endpoint/network.ts';
import { badInput, CommandFailure, exitCode } from '../failure.ts';
import { headerArgument } from '../header-argument.ts';
import { listenArgument, type ListenAddress } from '../listen-argument.ts';
import { refuseBoth, schemeOfFile } from '../named-scheme.ts';
import { visibleText } from '../output/visible-text.ts';
import { examplesFor } from '../plugs.ts';
import { attacks } from '../probe/catalog.ts';
import { junitText } from '../probe/junit.ts';
import {
  answerText,
  probeEndpoint,
  type ProbeEnding,
  type ProbeLine,
  type ProbePlan,
} from '../probe/probe-endpoint.ts';
import type { Prover } from '../probe/prover.ts';
import { lineText, summaryText } from '../probe/report.ts';
import { keyPairProver } from '../probe/key-pair-prover.ts';
import { freshRequests, type RightRequest } from '../probe/right-request.ts';
import { schemeProver } from '../probe/scheme-prover.ts';
import { tokenProver } from '../probe/token-prover.ts';
import { readData } from '../read-input.ts';
import { collect } from '../repeated-argument.ts';
import { endpointUrl } from '../requests/endpoint-url.ts';
import { methodArgument } from '../requests/signing-options.ts';
import type { Terminal } from '../terminal.ts';

interface ProbeOptions extends SecretOptions {
  readonly scheme?: string;
  readonly schemeFile?: string;
  readonly method: string;
  readonly header: readonly string[];
  readonly data?: string;
  readonly event?: string;
  readonly rate: number;
  readonly patient?: boolean;
  readonly idempotent?: boolean;
  readonly iOwnThisHost?: boolean;
  readonly audience?: string;
  readonly keyFile?: string;
  readonly serveKeys?: ListenAddress;
  readonly output: 'table' | 'json' | 'junit';
  readonly json?: boolean;
}

/** `countersign probe`: sends an endpoint the right request and every known attack, and says which it wrongly takes. */
export function probeCommand(terminal: Terminal): Command {
  const command = new Command('probe')
    .description('send your endpoint the right request and every known attack on verifiers; say which it wrongly takes')
    .argument('<url>', 'your endpoint: an absolute URL, signed exactly as written')
    .option('--scheme <id>', 'what your endpoint verifies: a scheme, or a token')
    .option('--scheme-file <file>', 'a scheme of your own in JSON, in place of --scheme (docs/define-a-scheme.md)')
    .option('-X, --method <method>', 'the request method', methodArgument, 'POST')
    .option('-H, --header <line>', 'a further header of every request, "Name: value"; repeatable', collect, [])
    .option(
      '-d, --data <data>',
      'the body that your endpoint takes: the text itself, or @FILE (default: JSON with an id)',
    )
    .option('--event <name>', 'in place of --data, a ready event (countersign emit --list), new each time')
    .option('--rate <n>', 'at most so many requests a second', rateArgument, 4)
    .option('--patient', 'also wait for the window to pass, for a repeat that comes late')
    .option('--idempotent', 'your endpoint answers a repeat as it did the first time, and does nothing')
    .option('--i-own-this-host', 'probe other than loopback and private addresses')
    .option('--audience <id>', "of a token: the id of the account whose event it is (default: the local server's)")
    .option(
      '--key-file <file>',
      'of a token, or of a scheme that a private key signs for: the key pair; made when it is not there',
    )
    .option('--serve-keys <address>', 'of a token: publish its key at [HOST:]PORT meanwhile', listenArgument)
    .addOption(new Option('--output <form>', 'what to print').choices(['table', 'json', 'junit']).default('table'))
    .option('--json', 'the same as --output json');
  return withSecretOptions(command)
    .addHelpText('after', examples + secretsHelp)
    .action((url: string, options: ProbeOptions) => probe(url, options, terminal));
}

async function probe(url: string, options: ProbeOptions, terminal: Terminal): Promise<void> {
  const output = options.json ? 'json' : options.output;
  terminal.wantsJson = output === 'json';
  refuseBoth(options);
  const { protocol, authority } = endpointUrl(url, options.method);
  // The very host that is connected to: a URL can be read in two ways.
  const lookup = options.iOwnThisHost ? undefined : await lookupHere(splitAuthority(authority).hostname);
  const catalog = await eventCatalog();
  const named = options.schemeFile === undefined ? options.scheme : await schemeOfFile(options.schemeFile);
  if (named === undefined)
    throw badInput('usage/scheme', 'what does your endpoint verify? Give --scheme or --scheme-file');
  const proof = await findProof(named, options, catalog.tokens, authority, terminal);
  const prover = proverOf(proof);
  const right: RightRequest = { url, method: options.method, ...(await contentOf(options, proof)) };
  const keys = proof.by === 'token' && options.serveKeys ? await serveKeys(proof, options.serveKeys) : undefined;
  if (keys) terminal.note(`the key is at ${keys.url} meanwhile`);
  const plan: ProbePlan = {
    protocol,
    authority,
    prover,
    fresh: freshRequests(right, prover),
    attacks,
    perSecond: options.rate,
    timeoutMs: 20_000,
    isPatient: options.patient ?? false,
    isIdempotent: options.idempotent ?? false,
    ...(lookup && { lookup }),
  };
  try {
    const titleWidth = Math.max(...attacks.map(({ title }) => title.length));
    const { lines, ending } = await collectLines(plan, (line) => {
      if (output === 'table') terminal.result(lineText(line, titleWidth, terminal));
    });
    if (ending.kind === 'not-accepted') throw notAccepted(ending.outcome);
    report(url, prover, lines, ending, output, terminal);
  } finally {
    await keys?.close();
  }
}

async function collectLines(
  plan: ProbePlan,
  onLine: (line: ProbeLine) => void,
): Promise<{ lines: readonly ProbeLine[]; ending: ProbeEnding }> {
  const lines: ProbeLine[] = [];
  const probing = probeEndpoint(plan, wallClock);
  for (;;) {
    const { done, value } = await probing.next();
    if (done) return { lines, ending: value };
    lines.push(value);
    onLine(value);
  }
}

function report(
  url: string,
  prover: Prover,
  lines: readonly ProbeLine[],
  ending: ProbeEnding,
  output: ProbeOptions['output'],
  terminal: Terminal,
): void {
  const isClean = lines.every(({ verdict }) => verdict === 'refused' || verdict === 'limit');
  terminal.exit(isClean && ending.kind === 'complete' ? exitCode.yes : exitCode.no);
  if (output === 'table') terminal.result(summaryText(lines, terminal));
  if (output === 'junit') terminal.result(junitText(url, prover.id, lines));
  if (output === 'json') terminal.json(probeJson(url, prover, lines, ending));
  if (lines.length > 0 && lines.every(({ verdict }) => verdict === 'hole' || verdict === 'limit')) {
    terminal.note('it takes everything: is this the address of what verifies?');
  }
  if (ending.kind === 'no-longer-accepted') {
    const answer = answerText(ending.outcome);
    terminal.note(
      `at the end the right request was no longer accepted (${answer}): what was refused may have been refused for that; try a lower --rate`,
    );
  }
}

/** What `probe --json` prints; schema/probe.schema.json describes it. */
function probeJson(url: string, prover: Prover, lines: readonly ProbeLine[], ending: ProbeEnding): unknown {
  return {
    url,
    scheme: prover.id,
    holes: lines.filter(({ verdict }) => verdict === 'hole').length,
    isConclusive: ending.kind === 'complete' && lines.every(({ verdict }) => verdict !== 'not-tried'),
    attacks: lines.map(({ attack, verdict, answer, detail }) => ({
      id: attack.id,
      title: attack.title,
      verdict,
      answer,
      ...(detail !== undefined && { detail }),
      ...(verdict === 'hole' && { close: attack.close }),
    })),
  };
}

function notAccepted(outcome: EndpointOutcome): CommandFailure {
  const said =
    'failure' in outcome
      ? outcome.failure
      : [`it answered ${outcome.status}`, locationOf(outcome), bodyOf(outcome)]
          .filter((text) => text !== '')
          .join(', ');
  return badInput(
    'probe/not-accepted',
    `the right request was not accepted, so nothing can be said of the wrong ones: ${said}. Look at the secret, the URL and what it wants as a body (--data, --event); countersign emit sends one and prints the whole answer`,
  );
}

function locationOf({ headers }: Exclude<EndpointOutcome, { failure: string }>): string {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  return location === undefined ? '' : `to ${location}`;
}

function bodyOf({ body }: Exclude<EndpointOutcome, { failure: string }>): string {
  return body.length === 0 ? '' : visibleText(body.subarray(0, 200));
}

async function lookupHere(host: string): Promise<Awaited<ReturnType<typeof ownNetworkLookup>>> {
  let lookup: Awaited<ReturnType<typeof ownNetworkLookup>>;
  try {
    lookup = await ownNetworkLookup(host);
  } catch {
    throw badInput('probe/host-unknown', `the host ${host} is not known`);
  }
  if (lookup) return lookup;
  throw badInput(
    'probe/not-yours',
    `${host} is neither this machine nor in a private network: probing somebody else's server is an attack; if it is yours, say --i-own-this-host`,
  );
}

function proverOf(proof: EventCredential): Prover {
  if (proof.by === 'key pair') return keyPairProver(proof.scheme, proof.privateKey, proof.publicKey);
  return proof.by === 'scheme'
    ? schemeProver(proof.scheme, proof.credential)
    : tokenProver(proof.token, proof.account, proof.key);
}

async function contentOf(
  { data, event: name, header }: ProbeOptions,
  { account }: EventCredential,
): Promise<Pick<RightRequest, 'headers' | 'body'>> {
  const given = header.map(headerArgument);
  if (data !== undefined && name !== undefined) {
    throw badInput('usage/event', '--event and --data are two bodies; give one of them');
  }
  if (data !== undefined) {
    const bytes = await readData(data);
    return { headers: given, body: () => bytes };
  }
  if (name === undefined) return { headers: given };
  const event = eventByName(await eventCatalog(), name);
  const names = new Set(given.map(([one]) => one.toLowerCase()));
  const own = event.headers.filter(([one]) => !names.has(one.toLowerCase()));
  return { headers: [...own, ...given], body: () => Buffer.from(event.body(wallClock.now(), account), 'utf8') };
}

const examples = `
Examples:
${examplesFor('probe')}
`;
