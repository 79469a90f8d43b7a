import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseCallAutomationEvent } from '@azure/communication-call-automation';
import { parseCallAutomationEvent as parseOlderEvent } from 'acs-call-automation-1.2';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { developmentAccount } from '@countersign/core/development-account';

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

/** An application's webhook: records every event, checks its token against the served keys and has the SDK parse it. */
export async function startApplication(parser: 'current' | '1.2') {
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
      audience: developmentAccount.acs.resourceId,
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
