import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallAutomationClient, parseCallAutomationEvent } from '@azure/communication-call-automation';
import {
  CallAutomationClient as OlderClient,
  parseCallAutomationEvent as parseOlderEvent,
} from 'acs-call-automation-1.2';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { onTestFinished } from 'vitest';
import type { AcsAccount } from '../../../src/accounts.ts';
import { MediaStore } from '../../../src/audio/media-store.ts';
import { type Pcm, pcmOf } from '../../../src/audio/pcm.ts';
import { Outbox } from '../../../src/callbacks/outbox.ts';
import { developmentAcsAccount, developmentCredentials } from '../../../src/development-account.ts';
import type { Prompt } from '../../../src/engine/call.ts';
import { MemoryCallStore } from '../../../src/engine/memory-store.ts';
import type { Exchange } from '../../../src/exchanges/exchange.ts';
import { Journal } from '../../../src/exchanges/journal.ts';
import { createHttpApp } from '../../../src/http/app.ts';
import { type DialResult, PhoneBook } from '../../../src/phones/phone-book.ts';
import { acsProvider } from '../../../src/providers/acs/acs-provider.ts';
import type { FaultSetting, ProviderContext } from '../../../src/providers/provider-context.ts';
import { createSwitchboard } from '../../../src/switchboard/create-switchboard.ts';
import { deferredSwitchboard } from '../../../src/switchboard/deferred-switchboard.ts';
import type { PrepareMedia } from '../../../src/switchboard/effects.ts';
import type { Switchboard } from '../../../src/switchboard/switchboard.ts';
import { createVirtualClock } from '../../../src/switchboard/virtual-clock.ts';
import { answerProblems, eventProblems } from './openapi-conformance.ts';

/** A CloudEvent as it arrived. */
export interface ReceivedEvent {
  readonly path: string;
  readonly raw: string;
  readonly id: string;
  readonly source: string;
  readonly subject: string;
  /** Without `Microsoft.Communication.` before it. */
  readonly name: string;
  readonly time: string;
  readonly data: Readonly<Record<string, any>>;
  readonly authorization: string;
  readonly token: JWTPayload;
  /** What the SDK's parser made of it. */
  readonly parsed: unknown;
}

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
  const journal = new Journal(wallNow);
  const account = developmentAcsAccount();
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
    urlRules: { strict: false, allowPublicHttp: false },
    onAnswer: (draft, outcome) => {
      switchboard.dispatch(draft.call, { type: 'callback-answered', callback: draft.id, outcome });
    },
    onInternalError: (error) => problems.push(error),
  });
  const context: ProviderContext = {
    switchboard: deferredSwitchboard(() => switchboard),
    clock,
    wallNow,
    newId,
    accounts,
    serverUrl: () => url,
    media: (id) => media.get(id),
    strict: setting.strict ?? false,
    strictCallbacks: setting.strictCallbacks ?? false,
    onProblem: (problem) => problems.push(problem),
    fault: (name) => faults.get(name),
  };
  const provider = acsProvider(context);
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
    dial: (from, to) => provider.incoming?.(from, to) ?? notOurs(to),
  });
  const http = createHttpApp({ journal, bodyLimitBytes: 1_000_000, onInternalError: (error) => problems.push(error) });
  provider.routes(http);
  url = await http.listen({ host: '127.0.0.1', port: 0 });
  application.trust(url);
  onTestFinished(async () => {
    outbox.close();
    http.server.closeAllConnections();
    await http.close();
    await application.close();
    const deviations = [...journal.list().flatMap(answerProblems), ...application.events.flatMap(eventProblems)];
    if (deviations.length > 0) throw new Error(`not as the specification has it:\n${deviations.join('\n')}`);
    if (problems.length > 0) throw new AggregateError(problems, `problems inside: ${JSON.stringify(problems)}`);
  });

  const connectionString = `endpoint=${url}/;accesskey=${developmentCredentials.acs.accessKey}`;
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
    outbox,
    problems,
    exchanges: (): readonly Exchange[] => journal.list(),
    fault: (fault: FaultSetting) => faults.set(fault.name, fault),
    clearFault: (name: string) => faults.delete(name),
    reset: () => provider.reset?.(),
  };
}

export type AcsUnderTest = Awaited<ReturnType<typeof startAcs>>;

/** An application's webhook: records every event, checks its token against the served keys and has the SDK parse it. */
async function startApplication(parser: 'current' | '1.2') {
  const events: ReceivedEvent[] = [];
  const gridEvents: { readonly type: string | undefined; readonly body: any[] }[] = [];
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const path = request.url ?? '';
      if (path.startsWith('/event-grid')) {
        const body = JSON.parse(raw) as any[];
        gridEvents.push({ type: request.headers['aeg-event-type'] as string | undefined, body });
        const validationCode = body[0]?.data?.validationCode as string | undefined;
        response.setHeader('content-type', 'application/json');
        response.end(validationCode === undefined ? '' : JSON.stringify({ validationResponse: validationCode }));
        return;
      }
      void receive(path, raw, request.headers.authorization ?? '').then(
        (event) => {
          events.push(event);
          response.end();
        },
        (error: Error) => {
          response.statusCode = 500;
          response.end(error.stack);
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function receive(path: string, raw: string, authorization: string): Promise<ReceivedEvent> {
    if (!keys) throw new Error('an event arrived before the server was up');
    const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), keys, {
      issuer: 'https://acscallautomation.communication.azure.com',
      audience: developmentCredentials.acs.resourceId,
      algorithms: ['RS256'],
    });
    const list = JSON.parse(raw) as {
      id: string;
      source: string;
      subject: string;
      type: string;
      time: string;
      data: any;
    }[];
    const [event] = list;
    if (!event || list.length !== 1) throw new Error(`expected one event, received ${list.length}`);
    const parsed = parser === 'current' ? parseCallAutomationEvent(raw) : parseOlderEvent(raw);
    const name = event.type.replace('Microsoft.Communication.', '');
    const { id, source, subject, time, data } = event;
    return { path, raw, id, source, subject, name, time, data, authorization, token: payload, parsed };
  }

  return {
    url,
    events,
    gridEvents,
    trust: (serverUrl: string) => {
      keys = createRemoteJWKSet(new URL('/calling/keys', serverUrl));
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function notOurs(to: string): DialResult {
  return { ok: false, refused: 'number-not-found', summary: `${to} is nobody's` };
}

/** Audio of the right length: a tone whose height tells prompts apart. */
function toneMedia(faults: ReadonlyMap<string, FaultSetting>, media: MediaStore): PrepareMedia {
  return async (prompt) => {
    const speaks = prompt.kind === 'text' || prompt.kind === 'ssml';
    if (speaks && faults.has('speech')) return { failed: 'synthesis', detail: 'the fault "speech" is switched on' };
    if (prompt.kind === 'file' && prompt.uri.includes('missing')) return { failed: 'download', detail: '404' };
    if (prompt.kind === 'file' && prompt.uri.includes('picture')) return { failed: 'format', detail: 'a picture' };
    const durationMs = lengthOf(prompt);
    return { media: media.put(tone(heightHz(prompt), durationMs), { label: JSON.stringify(prompt) }), durationMs };
  };
}

function lengthOf(prompt: Prompt): number {
  switch (prompt.kind) {
    case 'text':
      return prompt.text.length * 50;
    case 'ssml':
      return 2000;
    case 'file':
      return 3000;
    case 'tones':
      return prompt.tones.length * 100;
    case 'music':
      return 10_000;
    case 'beep':
      return 400;
  }
}

/** Text sounds at 400 Hz, what a phone says at 800 Hz (it says text, too, but in capitals), everything else at 1200 Hz. */
function heightHz(prompt: Prompt): number {
  if (prompt.kind !== 'text') return 1200;
  return prompt.text === prompt.text.toUpperCase() ? 800 : 400;
}

function tone(hz: number, durationMs: number): Pcm {
  const samples = new Int16Array(durationMs * 16);
  for (let index = 0; index < samples.length; index++)
    samples[index] = 8000 * Math.sin((2 * Math.PI * hz * index) / 16_000);
  return pcmOf(samples);
}
