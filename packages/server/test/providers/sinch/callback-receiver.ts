import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VoiceCallbackWebhooks, type Voice } from '@sinch/voice';

/** A callback as the application got it. */
export interface ReceivedCallback {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: Readonly<Record<string, unknown>>;
  /** What the official SDK's verifier says of it. */
  readonly genuine: boolean;
}

/** SVAML, or anything else to answer with: a status, or no answer at all. */
export type Answer = Record<string, unknown> | string | { readonly status: number } | 'never';

/** What the application answers, by event; in turn, the last one again and again. */
export type Answers = Readonly<Partial<Record<'ice' | 'ace' | 'pie' | 'dice' | 'notify', Answer | readonly Answer[]>>>;

/** An application's callback server. */
export interface CallbackReceiver {
  readonly url: string;
  readonly received: readonly ReceivedCallback[];
  /** The events of that name, in order. */
  events(name: string): readonly Readonly<Record<string, unknown>>[];
  /** Changes what is answered from now on. */
  answer(answers: Answers): void;
  close(): Promise<void>;
}

/** Starts an application that verifies every callback with the official SDK and answers with SVAML. */
export async function startReceiver(
  credentials: { applicationKey: string; applicationSecret: string },
  answers: Answers = {},
): Promise<CallbackReceiver> {
  const webhooks = new VoiceCallbackWebhooks(credentials);
  const received: ReceivedCallback[] = [];
  let current = answers;
  let turns: Record<string, number> = {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const path = request.url ?? '/';
      const genuine = webhooks.validateAuthenticationHeader(request.headers, body, path, request.method ?? '');
      const event = webhooks.parseEvent(body) as Voice.VoiceCallbackEvent & Record<string, unknown>;
      received.push({ path, headers: request.headers, body, event, genuine });
      const name = String(event.event) as keyof Answers;
      const choices = [current[name] ?? {}].flat() as Answer[];
      const turn = turns[name] ?? 0;
      turns[name] = turn + 1;
      const answer = choices[Math.min(turn, choices.length - 1)] ?? {};
      if (answer === 'never') return;
      if (typeof answer === 'object' && typeof answer['status'] === 'number') {
        response.writeHead(answer['status']).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sinch`,
    received,
    events: (name) => received.filter(({ event }) => event['event'] === name).map(({ event }) => event),
    answer: (next) => {
      current = next;
      turns = {};
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
