import { isDeepStrictEqual } from 'node:util';
import { message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sign } from '@countersign/core/sign';
import { SinchClient } from '@sinch/sdk-core';
import { afterEach } from 'vitest';
import { developmentAccount } from '@countersign/core/development-account';
import { sinchAccount, type SinchAccount } from '../../../src/providers/sinch/accounts/account.ts';
import type { Call, Prompt } from '../../../src/engine/call.ts';
import { evolve } from '../../../src/engine/evolve.ts';
import { MemoryCallStore } from '../../../src/engine/memory-store.ts';
import { Journal } from '../../../src/exchanges/journal.ts';
import { createHttpApp } from '../../../src/http/app.ts';
import { namedPolicy } from '../../../src/callbacks/named-policy.ts';
import { Outbox } from '../../../src/callbacks/outbox.ts';
import { PhoneBook } from '../../../src/phones/phone-book.ts';
import { recordReactions } from '../replayed-reactions.ts';
import type { ProviderContext } from '../../../src/providers/provider-context.ts';
import type { FaultSetting } from '../../../src/contract/fault.ts';
import type { Switchboard } from '../../../src/contract/switchboard.ts';
import { destinationOf } from '../../../src/providers/sinch/state/party.ts';
import { evolveSinch } from '../../../src/providers/sinch/program/evolve.ts';
import { sinchSettings, type SinchOptions, type SinchSettings } from '../../../src/providers/sinch/accounts/options.ts';
import type { SinchState } from '../../../src/providers/sinch/state/state.ts';
import { createSinchProvider } from '../../../src/providers/sinch/provider.ts';
import { deferredSwitchboard } from '../../../src/switchboard/deferred-switchboard.ts';
import { createSwitchboard } from '../../../src/switchboard/create-switchboard.ts';
import type { PrepareMedia } from '../../../src/switchboard/effects.ts';
import { createVirtualClock } from '../../../src/switchboard/virtual-clock.ts';
import { startReceiver, type Answers, type CallbackReceiver } from './callback-receiver.ts';

export const credentials = {
  applicationKey: developmentAccount.sinch.applicationKey,
  applicationSecret: developmentAccount.sinch.applicationSecret,
};

/** The application's own number. */
export const ownNumber = developmentAccount.sinch.number;

/** 50 ms of audio a character, 100 ms a key, half a second a pause, so that tests can count. */
const countableMedia: PrepareMedia = async (prompt: Prompt) => {
  switch (prompt.kind) {
    case 'text':
      return { media: `text:${prompt.text}`, durationMs: prompt.text.length * 50 };
    case 'ssml':
      return { media: `ssml:${prompt.ssml}`, durationMs: 2_000 };
    case 'file':
      return prompt.missing === undefined
        ? { media: `file:${prompt.uri}`, durationMs: 3_000 }
        : { failed: 'download', detail: prompt.missing };
    case 'tones':
      return { media: `tones:${prompt.tones}`, durationMs: prompt.tones.length * 100 };
    case 'music':
      return { media: prompt.name ?? 'music', durationMs: 10_000 };
    case 'ring-tone':
      return { media: `ringing in ${prompt.country}`, durationMs: 6_000 };
    case 'beep':
      return { media: 'beep', durationMs: 400 };
  }
};

/** A Sinch Voice service over real HTTP, on a virtual clock, with phones, and an application that gets its callbacks. */
export interface VoiceUnderTest {
  readonly url: string;
  readonly sinch: SinchClient;
  readonly application: CallbackReceiver;
  readonly phones: PhoneBook;
  readonly switchboard: Switchboard;
  readonly outbox: Outbox;
  readonly journal: Journal;
  /** Faults that are switched on. */
  readonly faults: Map<string, FaultSetting>;
  /** What went wrong inside. A test that leaves something here fails. */
  readonly problems: string[];
  /** A signed request by hand, for what no SDK sends. */
  request(method: string, path: string, wish?: RequestWish): Promise<Answered>;
  advance(ms: number): Promise<void>;
  /** Call-clock time, milliseconds since the epoch. */
  now(): number;
  call(id: string): Call;
  /** What a phone has heard in its calls, as text: what was said, keys, `music`. */
  heard(number: string): readonly string[];
}

/** A request that a test makes up. */
export interface RequestWish {
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; text and bytes as they are. */
  readonly body?: unknown;
  /** Changes the headers of the signed request; `undefined` removes one. */
  readonly tamper?: (headers: Record<string, string>) => Record<string, string>;
  /** The time that is signed. Defaults to now. */
  readonly date?: Date | string;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface VoiceSetting extends SinchOptions {
  readonly answers?: Answers;
  /** `none`: the application has no callback URL. By default it is the receiver's. */
  readonly callbacks?: 'none';
  /** The application's fallback URL. */
  readonly fallback?: string;
  readonly strict?: boolean;
  readonly explainRefusal?: ProviderContext['explainRefusal'];
}

async function sendSigned(url: string, method: string, path: string, wish: RequestWish = {}): Promise<Answered> {
  const body =
    typeof wish.body === 'object' ? JSON.stringify(wish.body) : wish.body === undefined ? '' : String(wish.body);
  const { credential } = sinchAccount.development();
  const unsigned = { 'content-type': 'application/json', ...wish.headers };
  const { headers } = sign(
    sinchApplication,
    credential,
    message({ method, url: url + path, headers: unsigned, body }),
    {
      ...(wish.date !== undefined && { date: wish.date }),
    },
  );
  const signed = { ...unsigned, ...Object.fromEntries(headers) };
  const response = await fetch(url + path, {
    method,
    headers: wish.tamper?.(signed) ?? signed,
    ...(body !== '' && { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

/** What is remembered of a call must follow from its history alone: another process could go on with it. */
function replayProblems(switchboard: Switchboard, { id }: Call, settings: SinchSettings): readonly string[] {
  let call: Call | undefined;
  let state: SinchState | undefined;
  for (const event of switchboard.history(id)) {
    call = evolve(call, event);
    state = evolveSinch(state, event, call, settings);
  }
  const same = isDeepStrictEqual(state, switchboard.providerState(id));
  return same ? [] : [`call ${id}: its history gives another state than it has`];
}

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

export async function startVoice(setting: VoiceSetting = {}): Promise<VoiceUnderTest> {
  const { answers, callbacks, fallback, strict = false, explainRefusal, ...options } = setting;
  const application = await startReceiver(credentials, answers ?? {});
  closers.push(() => application.close());
  const clock = createVirtualClock({ startAtMs: Date.parse('2026-11-22T10:00:00Z') });
  const faults = new Map<string, FaultSetting>();
  const journal = new Journal(() => new Date());
  const account = {
    ...sinchAccount.development(),
    callbacks: callbacks === 'none' ? {} : { primary: application.url, ...(fallback !== undefined && { fallback }) },
  };
  const problems: string[] = [];
  let url = '';
  let switchboard: Switchboard | undefined;
  // The provider is made before the switchboard that it is given.
  const board = (): Switchboard => {
    if (!switchboard) throw new Error('the switchboard is not there yet');
    return switchboard;
  };
  const context: ProviderContext<SinchAccount> = {
    switchboard: deferredSwitchboard(board),
    clock,
    wallNow: () => new Date(),
    newId: () => crypto.randomUUID(),
    accounts: [account],
    serverUrl: () => url,
    strict,
    strictCallbacks: false,
    onProblem: (problem) => problems.push(problem),
    fault: (name) => faults.get(name),
    ...(explainRefusal && { explainRefusal }),
  };
  const reactions = recordReactions(createSinchProvider(context, options));
  const { provider } = reactions;
  const outbox = new Outbox({
    clock,
    wallNow: () => new Date(),
    policyOf: (delivery) => namedPolicy([provider], delivery),
    urlRules: { strict: false, allowPublicHttp: false },
    onAnswer: ({ call = '', id }, outcome) =>
      void switchboard?.dispatch(call, { type: 'callback-answered', callback: id, outcome }),
    onInternalError: (error) => problems.push(error.message),
  });
  closers.push(async () => outbox.close());
  switchboard = createSwitchboard({
    store: new MemoryCallStore(),
    clock,
    newId: () => crypto.randomUUID(),
    providers: [provider as never],
    prepareMedia: countableMedia,
    enqueue: (draft) => outbox.enqueue(draft),
    onProblem: ({ kind, detail, error }) => problems.push(`${kind}: ${detail} ${String(error ?? '')}`),
  });
  const phones = new PhoneBook({
    switchboard,
    clock,
    dial: (from, to, headers) =>
      provider.incoming?.(from, to, headers) ?? {
        ok: false,
        refused: 'number-not-found',
        summary: `nobody owns ${to}`,
      },
  });
  const http = createHttpApp({
    journal,
    bodyLimitBytes: 1_000_000,
    onInternalError: (error) => problems.push(String(error)),
  });
  await http.register(async (scope) => {
    provider.routes(scope);
    scope.addHook('onClose', async () => provider.close?.());
  });
  url = await http.listen({ port: 0, host: '127.0.0.1' });
  closers.push(() => http.close());
  closers.push(async () => {
    for (const { genuine, body } of application.received) {
      if (!genuine) problems.push(`the official SDK takes this callback for forged: ${body}`);
    }
    for (const call of board().calls()) problems.push(...replayProblems(board(), call, sinchSettings(options)));
    // Where callbacks go can be changed by requests, which are in no call's history.
    const isChanged = journal
      .list()
      .some(({ request }) => /^(?!GET).* .*\/configuration\//.test(`${request.method} ${request.target}`));
    const read = (replaying: ProviderContext<SinchAccount>) => createSinchProvider(replaying, options);
    if (!isChanged) problems.push(...reactions.differences(read, context));
    if (problems.length > 0) throw new Error(`something went wrong inside:\n${problems.join('\n')}`);
  });
  return {
    url,
    sinch: new SinchClient({ ...credentials, voiceHostname: url, voiceApplicationManagementHostname: url }),
    application,
    phones,
    switchboard: board(),
    outbox,
    journal,
    faults,
    problems,
    request: (method, path, wish) => sendSigned(url, method, path, wish),
    advance: (ms) => clock.advance(ms),
    now: () => clock.now(),
    call: (id) => {
      const call = board().call(id);
      if (typeof call !== 'object') throw new Error(`there is no call ${id}`);
      return call;
    },
    heard: (number) =>
      board()
        .calls()
        .toReversed()
        .flatMap((call) => [...call.legs])
        // A leg that moved to a conference took along what it had heard.
        .filter(({ party, cause }) => destinationOf(party).endpoint === number && cause !== 'moved')
        .flatMap((leg) => [...leg.heard])
        .map(({ media, text }) => text ?? media),
  };
}
