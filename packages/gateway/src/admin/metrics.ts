import { Counter, Gauge, Registry } from 'prom-client';
import { UpstreamTimes } from './upstream-times.ts';

/** What is counted, by route and by reason: both are closed lists, so no sender makes a new series. */
export interface Metrics {
  readonly registry: Registry;
  readonly accepted: Counter<'route'>;
  readonly refused: Counter<'route' | 'code'>;
  /** What would have been refused, and was forwarded. */
  readonly observed: Counter<'route' | 'code'>;
  /** Repeats, whatever became of them. */
  readonly repeats: Counter<'route'>;
  readonly upstreamTimes: UpstreamTimes;
  readonly upstreamFailures: Counter<'route'>;
  readonly inFlight: Gauge;
  readonly webSockets: Gauge;
}

/**
 * Makes the metrics of one guard.
 *
 * @see https://prometheus.io/docs/practices/naming/
 */
export function makeMetrics(): Metrics {
  const registry = new Registry();
  const shared = { registers: [registry] };
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> =>
    new Counter({ ...shared, name: `countersign_guard_${name}`, help, labelNames });
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ ...shared, name: `countersign_guard_${name}`, help });
  const upstreamTimes = new UpstreamTimes();
  upstreamTimes.register(registry);
  return {
    registry,
    accepted: counter('accepted_total', 'Requests that were verified and forwarded', ['route']),
    refused: counter('refused_total', 'Requests that were refused, by the reason', ['route', 'code']),
    observed: counter('observed_total', 'Requests that were forwarded although they would be refused', [
      'route',
      'code',
    ]),
    repeats: counter('repeats_total', 'Verified requests that were there before', ['route']),
    upstreamTimes,
    upstreamFailures: counter('upstream_failures_total', 'Requests that the upstream gave no whole answer to', [
      'route',
    ]),
    inFlight: gauge('requests_in_flight', 'Requests that are being answered'),
    webSockets: gauge('websockets', 'WebSockets that are open'),
  };
}
