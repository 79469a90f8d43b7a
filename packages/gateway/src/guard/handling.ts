import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Metrics } from '../admin/metrics.ts';
import type { BodyLimits } from '../body/held-body.ts';
import type { Log, LogEntry } from '../log/log.ts';
import type { Forwarder } from '../wire/forward.ts';
import type { GuardLimits } from './guard-limits.ts';
import type { KeptRefusals } from './kept-refusals.ts';
import { pathOf, type Route } from './route.ts';

/** Everything that handling a request needs. */
export interface Handling {
  readonly routes: readonly Route[];
  readonly limits: GuardLimits & BodyLimits;
  readonly metrics: Metrics;
  readonly forwarder: Forwarder;
  /** The connections of open WebSockets. */
  readonly sockets: Set<Duplex>;
  /** Where refusals are kept; only if there is an admin address to ask for them. */
  readonly refusals: KeptRefusals | undefined;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly isDraining: () => boolean;
}

/** A request under way. */
export interface Passage {
  readonly id: string;
  readonly request: IncomingMessage;
  /** Absent if no route matches. */
  readonly route: Route | undefined;
}

/** The log entry of a request: what happened, and what every entry of a request has. */
export function entryOf({ id, request, route }: Passage, what: RequestEvent): LogEntry {
  const { method, url = '' } = request;
  // Without `...`: V8 makes a new hidden class for each object that has members after a spread.
  return {
    level: what.level,
    event: what.event,
    id,
    route: route?.name,
    scheme: route?.scheme.id,
    method,
    path: pathOf(url),
    code: what.code,
    reason: what.reason,
    key: what.key,
    replay: what.replay,
    status: what.status,
    upstreamMs: what.upstreamMs,
    bytes: what.bytes,
  };
}

type RequestEvent = Pick<
  LogEntry,
  'level' | 'event' | 'code' | 'reason' | 'key' | 'replay' | 'status' | 'upstreamMs' | 'bytes'
>;
