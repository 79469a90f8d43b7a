import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { redactionOf } from '@countersign/core/redaction';
import { type ConfiguredAccount, keysOf, plugOf } from './accounts.ts';
import { BoundedSet } from './bounded/bounded-set.ts';
import { createAudioThreads } from './audio/audio-threads.ts';
import { createDownload } from './audio/download.ts';
import { LiveAudio } from './audio/live-audio.ts';
import { MediaStore } from './audio/media-store.ts';
import type { MediaLookup } from './audio/timeline.ts';
import { Outbox } from './callbacks/outbox.ts';
import type { Config } from './config/config-schema.ts';
import { configuredAccounts } from './config/configured-accounts.ts';
import { ownCertificate } from './config/own-certificate.ts';
import { configOf, type ServerOptions } from './config/server-options.ts';
import { controlApi } from './control/control-api.ts';
import type { ControlParts } from './control/control-parts.ts';
import { type Control, createControl } from './control/control.ts';
import { EventFeed } from './control/event-feed.ts';
import { FaultBoard } from './control/fault-board.ts';
import { publishChanges } from './control/publish-changes.ts';
import {
  type DevelopmentEnvironment,
  developmentEnvironment,
  isDevelopmentAccount,
  isDevelopmentCredential,
  noDevelopmentEnvironment,
} from './development-account.ts';
import { MemoryCallStore } from './engine/memory-store.ts';
import { RefusalExplainer } from './exchanges/diagnose-refusal.ts';
import { Journal } from './exchanges/journal.ts';
import { createHttpApp } from './http/app.ts';
import { gracefulClose } from './http/close.ts';
import { consolePage } from './http/console-page.ts';
import { isLoopback, listen, networkUrls, plainHost, serverUrl } from './http/listen.ts';
import { OwnNames } from './http/own-names.ts';
import { OutboundGuard } from './outbound/outbound-guard.ts';
import type { CallHeaders } from './contract/call-headers.ts';
import type { TextMessage, TextResult } from './contract/text-message.ts';
import { PhoneBook } from './phones/phone-book.ts';
import type { DialResult } from './contract/dial.ts';
import { plugs } from './plugs.ts';
import { promptMedia } from './prompt-media.ts';
import type { ProviderPlug } from './providers/plug.ts';
import type { ProviderContext } from './providers/provider-context.ts';
import type { Provider } from './contract/provider.ts';
import type { SpeechEngine } from './speech/engine.ts';
import { engineByLanguage } from './speech/engine-by-language.ts';
import { createEspeakEngine } from './speech/espeak/espeak-engine.ts';
import { createFliteEngine } from './speech/flite/flite-engine.ts';
import { Speaker } from './speech/synthesize.ts';
import type { CallClock, VirtualClock } from './contract/clock.ts';
import { createSwitchboard } from './switchboard/create-switchboard.ts';
import { deferredSwitchboard } from './switchboard/deferred-switchboard.ts';
import type { SwitchboardProblem } from './switchboard/problem.ts';
import { RealClock } from './switchboard/real-clock.ts';
import type { Switchboard } from './contract/switchboard.ts';
import { createVirtualClock } from './switchboard/virtual-clock.ts';
import type { DevelopmentCertificate } from './tls/development-certificate.ts';
import { type TrustLine, trustLines } from './tls/trust-lines.ts';

export type { Callback } from './callbacks/callback.ts';
export type { ServerOptions } from './config/server-options.ts';
export type { CallbackBody } from './control/callback-body.ts';
export type { Control, ControlledPhone } from './control/control.ts';
export type { FeedEvent } from './control/event-feed.ts';
export type { CallSummary } from './control/views/call-view.ts';
export type { Heard } from './control/views/heard-view.ts';
export type { DevelopmentEnvironment } from './development-account.ts';
export type { CallEvent } from './engine/event.ts';
export type { Exchange } from './exchanges/exchange.ts';
export type { TextMessage } from './contract/text-message.ts';
export type { PhoneState } from './phones/phone-book.ts';
export type { PhoneScript } from './phones/script.ts';
export type { FaultSetting } from './contract/fault.ts';

/** Whoever waited for the server to listen has its first request answered before the warm-up takes the processor. */
const warmUpAfterMs = 100;

/** A server that runs. */
export interface RunningServer {
  /** For example `http://localhost:7509`. */
  readonly url: string;
  /** Its accounts, each with the id that its provider knows it by. */
  readonly accounts: readonly (ConfiguredAccount & { readonly id: string })[];
  /** Where other machines reach it; absent when it is bound to loopback, and none does. */
  readonly network?: { readonly boundTo: string; readonly urls: readonly string[] };
  /** Watches and steers the server, as `/_control` does. */
  readonly control: Control;
  /** The environment variables that reach the development account. It has none, and reading one throws, when it is switched off. */
  readonly environment: DevelopmentEnvironment;
  /** With a certificate of the server's own: the file to trust, and the line that makes each platform do so. */
  readonly trust?: { readonly authorityFile: string; readonly lines: readonly TrustLine[] };
  /** Ends connections, deliveries and threads. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts a local voice server that behaves like the services of its providers.
 *
 * Several servers run side by side in one process and share nothing.
 *
 *     const server = await startServer({ port: 0, clock: 'virtual' });
 *     // … place calls at server.url …
 *     await server.control.advance('10s');
 *     await server.close();
 *
 * @throws ConfigError for a configuration that cannot be used
 * @throws ListenError when the port is in use, among others
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { config, directory } = await configOf(options);
  const { environment = process.env } = options;
  const accounts = await configuredAccounts(config, { environment, directory });
  const host = plainHost(config.host ?? '127.0.0.1');
  const own = ownCertificate(options.tls);
  const assembled = assemble(options, config, directory, accounts, () => url);
  const { parts, providers, onInternalError } = assembled;

  const certificate = options.tls === true ? await certificateFor(options, config, host) : undefined;
  const tls = certificate ?? own;
  const app = createHttpApp({
    journal: parts.journal,
    redaction: parts.redaction.allKeys,
    bodyLimitBytes: config.limits?.bodyBytes ?? 1024 * 1024,
    names: new OwnNames({ boundTo: host, others: [...namesOf(config), ...endpointsOf(accounts)] }),
    servedAt: plugs.map(({ title, paths }) => [title, paths] as const),
    ...(tls && { tls }),
    onInternalError,
    onNotice: assembled.onProblem,
  });
  for (const provider of providers) app.register(async (scope) => provider.routes(scope));
  controlApi(app, parts);
  await consolePage(app, fileURLToPath(new URL('../dist/console/', import.meta.url)));

  const closeHttp = gracefulClose(app);

  let url = '';
  let network: RunningServer['network'];
  let warmUp: NodeJS.Timeout | undefined;
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    clearTimeout(warmUp);
    return (closed ??= Promise.all([assembled.close(), closeHttp()]).then(assembled.closeAudio));
  };
  try {
    const port = await listen(app, host, config.port ?? 7509);
    const scheme = tls ? 'https' : 'http';
    url = serverUrl(scheme, host, port);
    if (!isLoopback(host)) network = { boundTo: host, urls: networkUrls(scheme, host, port, networkInterfaces()) };
  } catch (error) {
    await close();
    throw error;
  }
  // A server on a desk; in a test suite, whose clock is virtual, nobody waits for the first diagnosis.
  if (parts.diagnosesRefusals && parts.clock.kind === 'real') {
    const givenUp = (error: Error): void => {
      // A server that is closed before it is warm has not failed.
      if (!closed) onInternalError(error);
    };
    warmUp = setTimeout(() => void assembled.warmUpDiagnosis().catch(givenUp), warmUpAfterMs).unref();
  }
  return {
    url,
    accounts: accounts.map((account) => ({ ...account, id: plugOf(account).account.id(account) })),
    ...(network && { network }),
    control: createControl(parts),
    environment: accounts.some(isDevelopmentAccount) ? developmentEnvironment(url) : noDevelopmentEnvironment(),
    ...(certificate && {
      trust: { authorityFile: certificate.authorityFile, lines: trustLines(certificate.authorityFile) },
    }),
    close,
  };
}

/** What HTTP and phones need of a provider, whatever its state is. */
type ProviderDoor = Pick<Provider, 'name' | 'routes' | 'incoming' | 'incomingText' | 'recordedSounds' | 'reset'>;

interface Assembled {
  readonly parts: ControlParts;
  readonly providers: readonly ProviderDoor[];
  readonly onProblem: (problem: string) => void;
  readonly onInternalError: (error: Error) => void;
  readonly warmUpDiagnosis: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Stops what recordings are still written with. */
  readonly closeAudio: () => Promise<void>;
}

/** Puts together everything but HTTP. */
function assemble(
  options: ServerOptions,
  config: Config,
  directory: string,
  accounts: readonly ConfiguredAccount[],
  currentUrl: () => string,
): Assembled {
  const { limits = {} } = config;
  const {
    wallNow = () => new Date(),
    newId = randomUUID,
    onProblem: tell = (problem) => console.error(problem),
  } = options;
  const redaction = {
    allKeys: redactionOf(keysOf(accounts)),
    ownKeys: redactionOf(keysOf(accounts.filter((account) => !isDevelopmentAccount(account)))),
  };
  const onProblem = (problem: string): void => tell(redaction.allKeys.text(problem));
  const onInternalError = (error: Error): void => onProblem(error.stack ?? error.message);
  const clock = clockOf(options, config);
  const faults = new FaultBoard();
  const media = new MediaStore(defined({ maxSeconds: limits.mediaSeconds, maxBytes: limits.mediaBytes }));
  const liveAudio = new LiveAudio(media);
  const lookup: MediaLookup = (id) => liveAudio.get(id) ?? media.get(id);
  const outbound = new OutboundGuard(defined({ allowed: config.allowLinkLocal }));
  const speech = installedSpeech(directory);
  const audio = createAudioThreads();
  const download = createDownload({ decode: audio.decode, guard: outbound });
  const speaker = new Speaker({ engine: speech, store: media, download });
  const journal = new Journal(
    wallNow,
    defined({ maxExchanges: limits.exchanges, maxBytes: limits.exchangeBytes }),
    redaction.allKeys,
  );
  const explainer = new RefusalExplainer({
    wallNow,
    publicHosts: config.publicHosts ?? [],
    isPublicKey: isDevelopmentCredential,
    amend: (exchange, diagnosis) => journal.amendAuthentication(exchange, { diagnosis }),
    onInternalError,
  });
  const diagnosesRefusals = mayDiagnose(config, accounts);

  const seenRequests = new BoundedSet('seen-requests');
  const context: ProviderContext = {
    switchboard: deferredSwitchboard(() => switchboard),
    clock,
    wallNow,
    newId,
    accounts,
    serverUrl: currentUrl,
    media: lookup,
    encodeMp3: audio.encodeMp3,
    liveAudio,
    deliverText: (message) => {
      const arrival = phones.deliver(message);
      if (arrival === 'delivered') parts.feed.publish({ type: 'text-message', message });
      return arrival;
    },
    enqueue: (draft) => outbox.enqueue(draft),
    strict: config.strict ?? false,
    strictCallbacks: config.strictCallbacks ?? false,
    ...(config.refuseRepeats && { isRepeat: (key) => isRepeat(seenRequests, key) }),
    outbound,
    onProblem,
    fault: (name) => faults.get(name),
    ...(diagnosesRefusals && { explainRefusal: (refused) => explainer.explain(refused) }),
  };
  const providers = plugs.map((plug: ProviderPlug) => plug.create(context, optionsOf(plug, config), directory));
  const outbox = new Outbox({
    clock,
    wallNow,
    urlRules: {
      strict: context.strictCallbacks,
      allowPublicHttp: config.allowPublicHttpCallbacks ?? false,
      guard: outbound,
    },
    onAnswer: ({ id, call }, outcome) => {
      if (call !== undefined) switchboard.dispatch(call, { type: 'callback-answered', callback: id, outcome });
    },
    fault: () => faults.get('callbacks'),
    onInternalError,
    redaction: redaction.allKeys,
    limits: defined({
      maxCallbacks: limits.callbacks,
      maxBytes: limits.callbackBytes,
      maxPendingBytes: limits.pendingCallbackBytes,
    }),
  });
  const switchboard: Switchboard = createSwitchboard({
    store: new MemoryCallStore(
      defined({
        maxEndedCalls: limits.endedCalls,
        maxEndedBytes: limits.endedCallBytes,
        maxLiveBytes: limits.liveCallBytes,
        maxCallBytes: limits.callBytes,
      }),
    ),
    clock,
    newId,
    providers,
    prepareMedia: promptMedia({ speaker, store: media, download, fault: context.fault }),
    enqueue: (draft) => outbox.enqueue(draft),
    onProblem: (problem) => onProblem(describeProblem(problem)),
  });
  const phones = new PhoneBook({
    switchboard,
    clock,
    dial: (from, to, headers) => dial(providers, from, to, headers),
    text: (message) => takeText(providers, message),
    ...defined({ scripts: config.phones }),
  });
  const parts: ControlParts = {
    journal,
    outbox,
    switchboard,
    clock,
    phones,
    media: lookup,
    labelOf: (id) => media.describe(id)?.label,
    faults,
    feed: new EventFeed(defined({ maxEvents: limits.events, maxBytes: limits.eventBytes })),
    serverId: newId(),
    redaction,
    accounts,
    serverUrl: currentUrl,
    strict: context.strict,
    strictCallbacks: context.strictCallbacks,
    diagnosesRefusals,
    recordedSounds: (call) => providers.find(({ name }) => name === call.provider)?.recordedSounds?.(call),
    resetProviders: () => {
      seenRequests.clear();
      for (const { reset } of providers) reset?.();
    },
  };
  const stopPublishing = publishChanges(parts);
  const close = async (): Promise<void> => {
    phones.close();
    if (clock instanceof RealClock) clock.close();
    outbox.close();
    stopPublishing();
    await Promise.all([speech.close(), explainer.close()]);
  };
  const warmUpDiagnosis = () => explainer.warmUp();
  return { parts, providers, onProblem, onInternalError, warmUpDiagnosis, close, closeAudio: () => audio.close() };
}

/** Whether it was seen before; from now on it was. */
function isRepeat(seen: BoundedSet, key: string): boolean {
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

/** Flite, and eSpeak NG for the languages that Flite lacks, where its package is installed beside the server or the configuration. */
function installedSpeech(directory: string): SpeechEngine {
  const espeak = createEspeakEngine({ lookIn: [directory, process.cwd()] });
  const flite = createFliteEngine();
  return espeak ? engineByLanguage(flite, espeak) : flite;
}

function clockOf({ clockStartsAtMs }: ServerOptions, config: Config): CallClock | VirtualClock {
  return config.clock === 'virtual' ? createVirtualClock(defined({ startAtMs: clockStartsAtMs })) : new RealClock();
}

/** What the configuration chooses about a provider. */
function optionsOf({ name }: ProviderPlug, config: Config): unknown {
  return (config as Readonly<Record<string, unknown>>)[name];
}

async function certificateFor(options: ServerOptions, config: Config, host: string): Promise<DevelopmentCertificate> {
  const { developmentCertificate } = await import('./tls/development-certificate.ts');
  const names = [host, ...namesOf(config)].filter((name) => isIP(name) === 0);
  return developmentCertificate(options.stateFolder ?? '.countersign', names, options.wallNow?.() ?? new Date());
}

/** Under which names the configuration has the server known. */
function namesOf(config: Config): string[] {
  const providers = plugs.flatMap((plug: ProviderPlug) => plug.names?.(optionsOf(plug, config) ?? {}) ?? []);
  return [...(config.publicHosts ?? []), ...providers];
}

/** Where the accounts' clients think that they send to. */
function endpointsOf(accounts: readonly ConfiguredAccount[]): string[] {
  return accounts.flatMap((account) => plugOf(account).account.host?.(account) ?? []);
}

/** A diagnosis tells whoever asks how a signature should have been made; so it is for developers' machines. */
function mayDiagnose(config: Config, accounts: readonly ConfiguredAccount[]): boolean {
  if (config.diagnoseRefusals === 'always') return true;
  if (config.diagnoseRefusals === 'never') return false;
  return isLoopback(plainHost(config.host ?? '127.0.0.1')) || accounts.every(isDevelopmentAccount);
}

async function dial(
  providers: readonly ProviderDoor[],
  from: string,
  to: string,
  headers: CallHeaders | undefined,
): Promise<DialResult> {
  for (const provider of providers) {
    const result = await provider.incoming?.(from, to, headers);
    if (result) return result;
  }
  return { ok: false, refused: 'number-not-found', summary: `${to} is no number of any account` };
}

function takeText(providers: readonly ProviderDoor[], message: Omit<TextMessage, 'id'>): TextResult {
  for (const { incomingText } of providers) {
    const taken = incomingText?.(message);
    if (taken) return { ok: true, id: taken.id };
  }
  return {
    ok: false,
    refused: 'number-not-found',
    summary: `${message.to} is no number of an account that takes texts`,
  };
}

function describeProblem({ kind, call, detail, error }: SwitchboardProblem): string {
  return `call ${call}: ${kind}, ${detail}${error instanceof Error ? `: ${error.stack ?? error.message}` : ''}`;
}

/** The members that are not `undefined`: an option that is not given is absent. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
