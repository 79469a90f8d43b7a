import { request } from 'node:http';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReplayStore } from '../../src/replay/replay-store.ts';
import { exchange, requestText } from './raw-server.ts';
import { secret, signedHeaders } from './signed.ts';
import { started, statusOf, type Started } from './started.ts';

let running: Started | undefined;
afterEach(() => running?.close());
const start = async (...[route, options]: Parameters<typeof started>): Promise<Started & { ask: typeof ask }> => {
  running = await started(route, { admin: { port: 0 }, ...options });
  return { ...running, ask };
};
const ask = async (path: string): Promise<{ status: number; text: string; json: () => Record<string, unknown> }> => {
  const response = await fetch(`${running?.guard.adminUrl}${path}`);
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) as Record<string, unknown> };
};

describe('the admin address', () => {
  it('is not there unless it is asked for', async () => {
    running = await started();
    expect(running.guard.adminUrl).toBeUndefined();
  });

  it('has the whole diagnosis of a refused request, by the id that its sender was told', async () => {
    const { post } = await start();
    // The classic: the sender signed the body with a line break at its end, and sent none.
    const body = '{"a":1}';
    const lines: [string, string][] = [['Host', 'a'], ['Content-Length', '7'], ...signedHeaders(`${body}\n`)];
    const text = await exchange(running!.guard.url, requestText('POST /hooks', lines, body));
    expect(statusOf(text)).toBe(401);
    const id = text.split('\r\n\r\n')[1];
    const { status, text: told, json } = await ask(`/refusals/${id}`);
    expect(status).toBe(200);
    expect(json()).toMatchObject({
      id,
      code: 'signature/mismatch',
      scheme: 'test-webhooks',
      diagnosis: { verdict: 'explained', mistakes: [{ id: 'body/newlines', proven: true }] },
    });
    expect(told).not.toContain(secret);
    await post('{}', { key: 'another' });
    expect((await ask('/refusals')).json()).toMatchObject({ refusals: [{ code: 'signature/mismatch' }, { id }] });
  });

  it('says where there is no diagnosis because the body was too long to be kept', async () => {
    const { post } = await start();
    const { text } = await post('x'.repeat(1_100_000), { key: 'another' });
    const told = (await ask(`/refusals/${text.split('\r\n\r\n')[1]}`)).json();
    expect(told).toMatchObject({ code: 'signature/mismatch', note: expect.stringContaining('not kept') as string });
    expect(told).not.toHaveProperty('diagnosis');
  });

  it('says that it keeps no refusal of that id', async () => {
    await start();
    expect((await ask('/refusals/none')).status).toBe(410);
  });

  it('tells health and readiness, and not ready while the replay store is away', async () => {
    let isAway = false;
    const store: ReplayStore = {
      claim: () => ({ fresh: true, release: () => undefined }),
      ready: async () => {
        if (isAway) throw new Error('connect ECONNREFUSED');
      },
    };
    await start({ replay: { store } });
    expect((await ask('/healthz')).status).toBe(200);
    expect((await ask('/readyz')).status).toBe(200);
    isAway = true;
    expect(await ask('/readyz')).toMatchObject({ status: 503, text: expect.stringContaining('ECONNREFUSED') });
    expect((await ask('/healthz')).status).toBe(200);
  });

  it('counts what was accepted, refused, repeated and how long the application took, for Prometheus', async () => {
    const { memoryStore } = await import('../../src/stores/memory.ts');
    const { post } = await start({ replay: { store: memoryStore() }, name: 'hooks' });
    const at = Date.now();
    await post('{}', { id: '1', at });
    await post('{}', { id: '1', at });
    await post('{}', { key: 'another' });
    const { text } = await ask('/metrics');
    for (const line of [
      'countersign_guard_accepted_total{route="hooks"} 1',
      'countersign_guard_refused_total{route="hooks",code="replay/repeated"} 1',
      'countersign_guard_refused_total{route="hooks",code="signature/mismatch"} 1',
      'countersign_guard_repeats_total{route="hooks"} 1',
      'countersign_guard_upstream_seconds_count{route="hooks",status="2xx"} 1',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
  });

  it('answers no web page that makes its own name lead here', async () => {
    await start();
    const { port } = new URL(running!.guard.adminUrl ?? '');
    const asking = request({ port, path: '/refusals', headers: { host: 'evil.example.com' } }).end();
    const [response] = (await once(asking, 'response')) as [{ statusCode: number; resume: () => void }];
    response.resume();
    expect(response.statusCode).toBe(403);
  });

  it('shows no request where others than this machine can ask', async () => {
    const { post } = await start({}, { admin: { host: '0.0.0.0', port: 0 } });
    await post('{}', { key: 'another' });
    running = {
      ...running!,
      guard: { ...running!.guard, adminUrl: running!.guard.adminUrl?.replace('0.0.0.0', '127.0.0.1') },
    };
    expect((await ask('/refusals')).status).toBe(403);
    expect((await ask('/metrics')).status).toBe(200);
  });
});
