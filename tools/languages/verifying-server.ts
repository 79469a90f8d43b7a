import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import type { Header, Message } from '@countersign/core/message';
import { Secret } from '@countersign/core/secret';
import { schemes } from '@countersign/core/schemes/catalog';
import { verify } from '@countersign/core/verify';
import { furtherSchemes } from './schemes.ts';

/** What came in under a name, and what became of it. */
export interface Judged {
  readonly status: number;
  readonly diagnosis: Diagnosis | undefined;
}

/** A server that takes what is signed by any of the further schemes, which its path names: `/as/ledger/…`. */
export interface VerifyingServer {
  readonly url: string;
  /** By the header `x-case`. */
  readonly judged: ReadonlyMap<string, Judged>;
  close(): void;
}

/** The key that all of its schemes know, in whichever encoding they read its text. */
export const furtherKey = { id: 'Key-7f', secret: '00e1f2a3b4c5d6e7f8090a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f' };

/** Starts the server. */
export async function startVerifying(): Promise<VerifyingServer> {
  const judged = new Map<string, Judged>();
  const server = createServer((request, response) => {
    void read(request).then((received) => {
      const message = { ...received, origin: `http://${request.headers.host ?? ''}` };
      const answer = judge(message);
      judged.set(String(request.headers['x-case']), answer);
      response.writeHead(answer.status).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, judged, close: () => void server.close() };
}

async function read(request: IncomingMessage): Promise<Message> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { rawHeaders, method = '', url = '' } = request;
  const headers = rawHeaders.flatMap((name, at): Header[] => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : []));
  return { method, target: url, headers, body: new Uint8Array(Buffer.concat(chunks)) };
}

function judge(message: Message): Judged {
  const scheme = [...furtherSchemes, ...schemes].find(({ id }) => id === message.target.split(/[/?]/)[2]);
  if (!scheme) return { status: 404, diagnosis: undefined };
  const { id: keyId, secret } = furtherKey;
  const { ok } = verify(scheme, { keyId, secret: new Secret(secret, scheme.key.encoding) }, message);
  if (ok) return { status: 204, diagnosis: undefined };
  return { status: 401, diagnosis: diagnose(scheme, { keyId, secret }, message) };
}
