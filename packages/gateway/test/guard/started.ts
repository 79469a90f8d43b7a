import { startGuard, type GuardOptions, type RunningGuard } from '../../src/guard/guard.ts';
import type { RouteOptions } from '../../src/guard/route.ts';
import type { LogEntry } from '../../src/log/log.ts';
import { answerWith, exchange, ok, rawServer, requestText, type RawServer } from './raw-server.ts';
import { credential, signedHeaders, webhooks } from './signed.ts';

/** A guard in front of an application that verifies nothing. */
export interface Started {
  readonly app: RawServer;
  readonly guard: RunningGuard;
  /** What the guard logged. */
  readonly log: LogEntry[];
  /** Sends a signed POST, and returns the status and all of the answer. */
  post(body?: string, signing?: Parameters<typeof signedHeaders>[1]): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

/** Starts both. */
export async function started(
  route: Partial<RouteOptions> = {},
  options: Partial<GuardOptions> = {},
  respond: Parameters<typeof rawServer>[0] = answerWith(ok),
): Promise<Started> {
  const app = await rawServer(respond);
  const log: LogEntry[] = [];
  const first = { scheme: webhooks, credentials: credential, upstream: app.url, ...route };
  const guard = await startGuard({
    routes: [first],
    listen: { port: 0 },
    log: (entry) => void log.push(entry),
    ...options,
    limits: { drainSeconds: 0.2, ...options.limits },
  });
  return {
    app,
    guard,
    log,
    async post(body = '{}', signing = {}) {
      const length = Buffer.byteLength(body);
      const lines: [string, string][] = [
        ['Host', 'a'],
        ['Content-Length', String(length)],
        ...signedHeaders(body, signing),
      ];
      const text = await exchange(guard.url, requestText('POST /hooks', lines, body));
      return { status: statusOf(text), text };
    },
    async close() {
      await guard.close();
      await app.close();
    },
  };
}

/** The status of an answer. */
export function statusOf(text: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
}
