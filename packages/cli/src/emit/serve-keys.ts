import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'jose';
import { badInput } from '../failure.ts';
import type { ListenAddress } from '../listen-argument.ts';

/** A server of public keys. */
export interface KeysServer {
  /** Where the key set is. */
  readonly url: string;
  /** How often it was asked for. */
  readonly asked: () => number;
  close(): Promise<void>;
}

/**
 * Serves the key set where the token's provider does, until it is closed.
 *
 * @throws CommandFailure `serve/listen` when the port is in use
 */
export async function serveKeys(
  { publicKey, token: { keysPath: path } }: { readonly publicKey: JWK; readonly token: { readonly keysPath: string } },
  { host, port }: ListenAddress,
): Promise<KeysServer> {
  let asked = 0;
  const server = createServer((request, response) => {
    const isThere = request.url?.split('?', 1)[0] === path;
    if (isThere) asked += 1;
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(isThere ? { keys: [publicKey] } : { error: `the keys are at ${path}` }));
  });
  await listen(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}${path}`,
    asked: () => asked,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'something else listens there' : (code ?? 'it cannot be listened to');
    throw badInput('serve/listen', `--serve-keys ${host}:${port}: ${why}`);
  }
}
