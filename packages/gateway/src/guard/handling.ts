import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Metrics } from '../admin/metrics.ts';
import type { BodyLimits } from '../body/held-body.ts';
import type { Log, LogEntry } from '../log/log.ts';
import type { Forwarder } from '../wire/forward.ts';
import type { GuardLimits } from './guard-limits.ts';
import type { KeptRefusals } from './kept-refusals.ts';
import { pathOf, type Route } from './route.ts';

/** What requests are handled with. */
export interface Handling {
  readonly routes: readonly Route[];
  readonly limits: GuardLimits & BodyLimits;
  readonly metrics: Metrics;
  readonly forwarder: Forwarder;
  /** The connections of open WebSockets. */
  readonly sockets: Set<Duplex>;
  /** Where refusals are kept, when somebody can ask for them. */
  readonly refusals: KeptRefusals | undefined;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly isDraining: () => boolean;
}

/** A request on its way. */
export interface Passage {
  readonly id: string;
  readonly request: IncomingMessage;
  /** Absent where none takes it. */
  readonly route: Route | undefined;
}

/** What happened to a request, and what is said of it in every case. */
export function entryOf({ id, request, route }: Passage, what: RequestEvent): LogEntry {
  const { method, url = '' } = request;
  // Without `...`: an object with members behind a copy gets a hidden class of its own, each time.
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
