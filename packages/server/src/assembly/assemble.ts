import { randomUUID } from 'node:crypto';
import { type Redaction, redactionOf } from '@countersign/core/redaction';
import { type ConfiguredAccount, keysOf } from '../accounts.ts';
import { namedPolicy } from '../callbacks/named-policy.ts';
import { Outbox } from '../callbacks/outbox.ts';
import type { Config } from '../config/config-schema.ts';
import type { ServerOptions } from '../config/server-options.ts';
import type { CallClock, VirtualClock } from '../contract/clock.ts';
import type { Provider } from '../contract/provider.ts';
import type { Switchboard } from '../contract/switchboard.ts';
import type { ControlParts } from '../control/control-parts.ts';
import { EventFeed } from '../control/event-feed.ts';
import { FaultBoard } from '../control/fault-board.ts';
import { faultKinds } from '../control/fault-kinds.ts';
import { publishChanges } from '../control/publish-changes.ts';
import { isDevelopmentAccount } from '../development-account.ts';
import { MemoryCallStore } from '../engine/memory-store.ts';
import { OutboundGuard } from '../outbound/outbound-guard.ts';
import { PhoneBook } from '../phones/phone-book.ts';
import type { ProviderContext } from '../providers/provider-context.ts';
import { createSwitchboard } from '../switchboard/create-switchboard.ts';
import { deferredSwitchboard } from '../switchboard/deferred-switchboard.ts';
import type { SwitchboardProblem } from '../switchboard/problem.ts';
import { RealClock } from '../switchboard/real-clock.ts';
import { createVirtualClock } from '../switchboard/virtual-clock.ts';
import { defined } from './defined.ts';
import { createProviders, dialNumber, takeText } from './provider-doors.ts';
import { createRequestsIn } from './requests-in.ts';
import { createSound, type Sound } from './sound.ts';

/** A server without its HTTP part. */
export interface Assembled {
  readonly parts: ControlParts;
  readonly providers: readonly Provider[];
  readonly onProblem: (problem: string) => void;
  readonly onInternalError: (error: Error) => void;
  readonly warmUpDiagnosis: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Stops the audio threads, which may still be writing recordings while the rest closes. */
  readonly closeAudio: () => Promise<void>;
}

/** The options from the configuration and the program, with defaults filled in. */
interface Given {
  readonly config: Config;
  readonly directory: string;
  readonly accounts: readonly ConfiguredAccount[];
  readonly serverUrl: () => string;
  readonly wallNow: () => Date;
  readonly newId: () => string;
  readonly redaction: ControlParts['redaction'];
  readonly onProblem: (problem: string) => void;
  readonly onInternalError: (error: Error) => void;
  readonly clock: CallClock | VirtualClock;
  readonly outbound: OutboundGuard;
  readonly faults: FaultBoard;
}

/** Puts together everything but HTTP. */
export function assemble(
  options: ServerOptions,
  config: Config,
  directory: string,
  accounts: readonly ConfiguredAccount[],
  serverUrl: () => string,
): Assembled {
  const given = givenBy(options, config, directory, accounts, serverUrl);
  const { clock, newId, faults, onProblem, onInternalError, redaction } = given;
  const { limits = {} } = config;
  const sound = createSound(config, directory, given.outbound, (name) => faults.get(name));
  const requests = createRequestsIn(config, accounts, { ...given, redaction: redaction.allKeys });
  const { journal, explainer, diagnosesRefusals } = requests;

  const context: ProviderContext = {
    ...contextOf(given, sound),
    switchboard: deferredSwitchboard(() => switchboard),
    deliverText: (message) => {
      const arrival = phones.deliver(message);
      if (arrival === 'delivered') parts.feed.publish({ type: 'text-message', message });
      return arrival;
    },
    enqueue: (draft) => outbox.enqueue(draft),
    ...(requests.isRepeat && { isRepeat: requests.isRepeat }),
    ...(diagnosesRefusals && { explainRefusal: (refused) => explainer.explain(refused) }),
  };
  const providers = createProviders(context, config, directory);
  const outbox = outboxOf(given, providers, (call, command) => switchboard.dispatch(call, command));
  const switchboard: Switchboard = createSwitchboard({
    store: callStoreOf(config),
    clock,
    newId,
    providers,
    prepareMedia: sound.prepareMedia,
    knownMedia: sound.knownMedia,
    enqueue: (draft) => outbox.enqueue(draft),
    onProblem: (problem) => onProblem(describeProblem(problem)),
  });
  const phones = new PhoneBook({
    switchboard,
    clock,
    dial: (from, to, headers) => dialNumber(providers, from, to, headers),
    text: (message) => takeText(providers, message),
    onStep: (number) => parts.feed.publish({ type: 'phone', number }),
    ...defined({ scripts: config.phones }),
  });
  const parts: ControlParts = {
    journal,
    outbox,
    switchboard,
    clock,
    phones,
    media: sound.lookup,
    labelOf: (id) => sound.media.describe(id)?.label,
    beginTrack: (label) => sound.liveAudio.begin(newId(), label),
    faults,
    feed: new EventFeed(defined({ maxEvents: limits.events, maxBytes: limits.eventBytes })),
    serverId: newId(),
    redaction,
    accounts,
    serverUrl,
    strict: context.strict,
    strictCallbacks: context.strictCallbacks,
    diagnosesRefusals,
    sending: { now: given.wallNow, newId, allowed: config.sendEventsTo ?? [] },
    recordedSounds: (call) => providers.find(({ name }) => name === call.provider)?.recordedSounds?.(call),
    resetProviders: () => {
      for (const { reset } of providers) reset?.();
      requests.forgetRequests();
    },
  };
  const stopPublishing = publishChanges(parts);
  const close = async (): Promise<void> => {
    phones.close();
    if (clock instanceof RealClock) clock.close();
    outbox.close();
    stopPublishing();
    await Promise.all([sound.closeSpeech(), explainer.close()]);
  };
  const warmUpDiagnosis = (): Promise<void> => explainer.warmUp();
  return { parts, providers, onProblem, onInternalError, warmUpDiagnosis, close, closeAudio: sound.closeAudio };
}

function givenBy(
  options: ServerOptions,
  config: Config,
  directory: string,
  accounts: readonly ConfiguredAccount[],
  serverUrl: () => string,
): Given {
  const { wallNow = () => new Date(), newId = randomUUID } = options;
  const { onProblem: tell = (problem) => console.error(problem) } = options;
  const allKeys: Redaction = redactionOf(keysOf(accounts));
  const ownKeys = redactionOf(keysOf(accounts.filter((account) => !isDevelopmentAccount(account))));
  const onProblem = (problem: string): void => tell(allKeys.text(problem));
  return {
    config,
    directory,
    accounts,
    serverUrl,
    wallNow,
    newId,
    redaction: { allKeys, ownKeys },
    onProblem,
    onInternalError: (error) => onProblem(error.stack ?? error.message),
    clock: clockOf(options, config),
    outbound: new OutboundGuard(defined({ allowed: config.allowLinkLocal })),
    faults: new FaultBoard(faultKinds),
  };
}

/** The part of the provider context that is known before the switchboard is made. */
function contextOf(given: Given, sound: Sound): Omit<ProviderContext, 'switchboard'> {
  const { config, clock, wallNow, newId, accounts, serverUrl, outbound, onProblem, faults } = given;
  return {
    clock,
    wallNow,
    newId,
    accounts,
    serverUrl,
    media: sound.lookup,
    encodeMp3: sound.encodeMp3,
    liveAudio: sound.liveAudio,
    strict: config.strict ?? false,
    strictCallbacks: config.strictCallbacks ?? false,
    outbound,
    onProblem,
    fault: (name) => faults.get(name),
  };
}

function outboxOf(given: Given, providers: readonly Provider[], dispatch: Switchboard['dispatch']): Outbox {
  const { config, clock, wallNow, outbound, faults, onInternalError, redaction } = given;
  const { limits = {} } = config;
  return new Outbox({
    clock,
    wallNow,
    policyOf: (delivery) => namedPolicy(providers, delivery),
    urlRules: {
      strict: config.strictCallbacks ?? false,
      allowPublicHttp: config.allowPublicHttpCallbacks ?? false,
      guard: outbound,
    },
    onAnswer: ({ id, call }, outcome) => {
      if (call !== undefined) dispatch(call, { type: 'callback-answered', callback: id, outcome });
    },
    fault: () => faults.get('callbacks'),
    onInternalError,
    redaction: redaction.allKeys,
    limits: defined({
      maxCallbacks: limits.callbacks,
      maxBytes: limits.callbackBytes,
      maxPendingBytes: limits.pendingCallbackBytes,
      maxLiveCallBytes: limits.liveCallBytes,
    }),
  });
}

function callStoreOf({ limits = {} }: Config): MemoryCallStore {
  return new MemoryCallStore(
    defined({
      maxEndedCalls: limits.endedCalls,
      maxEndedBytes: limits.endedCallBytes,
      maxLiveBytes: limits.liveCallBytes,
      maxCallBytes: limits.callBytes,
    }),
  );
}

function clockOf({ clockStartsAtMs }: ServerOptions, config: Config): CallClock | VirtualClock {
  return config.clock === 'virtual' ? createVirtualClock(defined({ startAtMs: clockStartsAtMs })) : new RealClock();
}

function describeProblem({ kind, call, detail, error }: SwitchboardProblem): string {
  return `call ${call}: ${kind}, ${detail}${error instanceof Error ? `: ${error.stack ?? error.message}` : ''}`;
}
