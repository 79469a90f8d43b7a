import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { KeptRefusal, KeptRefusals } from '../guard/kept-refusals.ts';
import { diagnoseRefusal } from './diagnose-refusal.ts';
import type { Metrics } from './metrics.ts';

/** What the admin address tells. */
export interface AdminOptions {
  readonly metrics: Metrics;
  readonly refusals: KeptRefusals;
  /** Whether the address is this machine's alone: only then it shows requests. */
  readonly isLoopback: boolean;
  /** Rejects, saying why, while requests should go elsewhere. */
  readonly ready: () => Promise<void>;
}

/**
 * Makes the server of the admin address: `GET /healthz`, `/readyz`, `/metrics`, and on loopback `/refusals` and
 * `/refusals/{id}` with the whole diagnosis.
 */
export function adminServer(options: AdminOptions): Server {
  return createServer((request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      send(response, 500, { error: (error as Error).message });
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, options: AdminOptions): Promise<void> {
  const { metrics, refusals, isLoopback, ready } = options;
  if (request.method !== 'GET') return send(response, 405, { error: 'only GET' });
  // A web page could make its own name lead here.
  if (!isOwnName(request.headers.host)) return send(response, 403, { error: 'ask by an address, or as localhost' });
  const path = request.url?.replace(/\?.*$/, '') ?? '';
  if (path === '/healthz') return send(response, 200, { healthy: true });
  if (path === '/readyz') {
    try {
      await ready();
      return send(response, 200, { ready: true });
    } catch (error) {
      return send(response, 503, { ready: false, reason: (error as Error).message });
    }
  }
  if (path === '/metrics') {
    const text = await metrics.registry.metrics();
    return void response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text);
  }
  if (!path.startsWith('/refusals')) return send(response, 404, { error: 'there is nothing' });
  if (!isLoopback)
    return send(response, 403, { error: 'requests are shown on loopback only: bind the admin address to 127.0.0.1' });
  if (path === '/refusals') return send(response, 200, { refusals: refusals.list().map(summaryOf) });
  const refusal = refusals.get(path.slice('/refusals/'.length));
  if (!refusal) return send(response, 410, { error: 'it is not kept, or not any more' });
  if (refusal.body === undefined)
    return send(response, 200, { ...summaryOf(refusal), note: 'its body was not kept, so there is no diagnosis' });
  const diagnosis = await diagnoseRefusal(refusal);
  return send(response, 200, { ...summaryOf(refusal), diagnosis });
}

function summaryOf({ id, at, route, code, summary }: KeptRefusal): Readonly<Record<string, string>> {
  return { id, at: at.toISOString(), route: route.name, scheme: route.scheme.id, code, summary };
}

function isOwnName(host = ''): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return isIP(name) !== 0 || name.toLowerCase() === 'localhost';
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(status, headers).end(`${JSON.stringify(value)}\n`);
}
