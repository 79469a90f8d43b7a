import { randomUUID } from 'node:crypto';
import { CallAutomationClient } from '@azure/communication-call-automation';
import { CallAutomationClient as OlderClient } from 'acs-call-automation-1.2';
import { onTestFinished } from 'vitest';
import { type AcsAccount, acsAccount } from '../../../src/providers/acs/accounts/account.ts';
import { LiveAudio } from '../../../src/audio/live-audio.ts';
import { MediaStore } from '../../../src/audio/media-store.ts';
import type { MediaLookup } from '../../../src/audio/timeline.ts';
import { namedPolicy } from '../../../src/callbacks/named-policy.ts';
import { Outbox } from '../../../src/callbacks/outbox.ts';
import { developmentAccount } from '@countersign/core/development-account';
import { MemoryCallStore } from '../../../src/engine/memory-store.ts';
import type { Exchange } from '../../../src/exchanges/exchange.ts';
import { Journal } from '../../../src/exchanges/journal.ts';
import { createHttpApp } from '../../../src/http/app.ts';
import { PhoneBook } from '../../../src/phones/phone-book.ts';
import type { DialResult } from '../../../src/contract/dial.ts';
import { createAcsProvider } from '../../../src/providers/acs/provider.ts';
import { recordReactions } from '../replayed-reactions.ts';
import type { ProviderContext } from '../../../src/providers/provider-context.ts';
import type { FaultSetting } from '../../../src/contract/fault.ts';
import { createSwitchboard } from '../../../src/switchboard/create-switchboard.ts';
import { deferredSwitchboard } from '../../../src/switchboard/deferred-switchboard.ts';
import type { Switchboard } from '../../../src/contract/switchboard.ts';
import { createVirtualClock } from '../../../src/switchboard/virtual-clock.ts';
import { startApplication } from './application.ts';
import { answerProblems, eventProblems } from './openapi-conformance.ts';
import { toneMedia } from './tone-media.ts';

export interface AcsSetting extends Partial<Pick<ProviderContext, 'strict' | 'strictCallbacks'>> {
  readonly accounts?: readonly AcsAccount[];
  /** Parses events with the SDK of this line, as an application built on it does. */
  readonly parser?: 'current' | '1.2';
  readonly eventGrid?: boolean;
  readonly wallNow?: () => Date;
  /** Identifiers to give first; random ones follow. */
  readonly ids?: readonly string[];
}

const startAtMs = Date.UTC(2026, 2, 5, 8, 58, 24, 697);

/**
 * The ACS provider with everything around it that a call needs, over real HTTP, on a virtual clock: switchboard, phones
 * and outbox are the server's own. Prompts sound as plain tones: 50 ms per character. When the test is over, every answer
 * and every event is held against Microsoft's specification.
 */
export async function startAcs(setting: AcsSetting = {}) {
  const application = await startApplication(setting.parser ?? 'current');
  const clock = createVirtualClock({ startAtMs });
  const wallNow = setting.wallNow ?? (() => new Date());
  const problems: unknown[] = [];
  const faults = new Map<string, FaultSetting>();
  const media = new MediaStore();
  const liveAudio = new LiveAudio(media);
  const lookup: MediaLookup = (id) => liveAudio.get(id) ?? media.get(id);
  const journal = new Journal(wallNow);
  const account = acsAccount.development();
  const accounts = (setting.accounts ?? [account]).map((one) => ({
    ...one,
    ...(setting.eventGrid && { eventGridEndpoint: `${application.url}/event-grid` }),
  }));
  const ids = [...(setting.ids ?? [])];
  const newId = (): string => ids.shift() ?? randomUUID();
  let url = '';
  const outbox = new Outbox({
    clock,
    wallNow,
    policyOf: (delivery) => namedPolicy([provider], delivery),
    urlRules: { strict: false, allowPublicHttp: false },
    onAnswer: (draft, outcome) => {
      if (draft.call) switchboard.dispatch(draft.call, { type: 'callback-answered', callback: draft.id, outcome });
    },
    onInternalError: (error) => problems.push(error),
  });
  const context: ProviderContext<AcsAccount> = {
    switchboard: deferredSwitchboard(() => switchboard),
    clock,
    wallNow,
    newId,
    accounts,
    serverUrl: () => url,
    media: lookup,
    liveAudio,
    deliverText: (message) => phones.deliver(message),
    enqueue: (draft) => outbox.enqueue(draft),
    strict: setting.strict ?? false,
    strictCallbacks: setting.strictCallbacks ?? false,
    onProblem: (problem) => problems.push(problem),
    fault: (name) => faults.get(name),
  };
  const reactions = recordReactions(createAcsProvider(context));
  const { provider } = reactions;
  const switchboard: Switchboard = createSwitchboard({
    store: new MemoryCallStore(),
    clock,
    newId,
    providers: [provider],
    prepareMedia: toneMedia(faults, media),
    enqueue: (draft) => outbox.enqueue(draft),
    onProblem: (problem) => problems.push(problem),
  });
  const phones = new PhoneBook({
    switchboard,
    clock,
    dial: (from, to, headers) => provider.incoming?.(from, to, headers) ?? notOurs(to),
  });
  const http = createHttpApp({ journal, bodyLimitBytes: 1_000_000, onInternalError: (error) => problems.push(error) });
  provider.routes(http);
  http.addHook('onClose', async () => provider.close?.());
  url = await http.listen({ host: '127.0.0.1', port: 0 });
  application.trust(url);
  onTestFinished(async () => {
    outbox.close();
    http.server.closeAllConnections();
    await http.close();
    await application.close();
    const deviations = [...journal.list().flatMap(answerProblems), ...application.events.flatMap(eventProblems)];
    if (deviations.length > 0) throw new Error(`not as the specification has it:\n${deviations.join('\n')}`);
    const impure = reactions.differences((replaying) => createAcsProvider(replaying), context);
    if (impure.length > 0) throw new Error(`its history leads elsewhere:\n${impure.join('\n')}`);
    if (problems.length > 0) throw new AggregateError(problems, `problems inside: ${JSON.stringify(problems)}`);
  });

  const connectionString = `endpoint=${url}/;accesskey=${developmentAccount.acs.accessKey}`;
  return {
    url,
    connectionString,
    /** Callback addresses of the application under test. */
    callback: (path = 'events') => `${application.url}/${path}`,
    client: new CallAutomationClient(connectionString, { allowInsecureConnection: true }),
    olderClient: () => new OlderClient(connectionString, { allowInsecureConnection: true }),
    events: application.events,
    gridEvents: application.gridEvents,
    /** Names of the events received so far, in order. */
    names: () => application.events.map(({ name }) => name),
    advance: (ms: number) => clock.advance(ms),
    clock,
    phones,
    switchboard,
    media,
    lookup,
    outbox,
    problems,
    exchanges: (): readonly Exchange[] => journal.list(),
    fault: (fault: FaultSetting) => faults.set(fault.name, fault),
    clearFault: (name: string) => faults.delete(name),
    reset: () => provider.reset?.(),
  };
}

export type AcsUnderTest = Awaited<ReturnType<typeof startAcs>>;

function notOurs(to: string): DialResult {
  return { ok: false, refused: 'number-not-found', summary: `${to} is nobody's` };
}
