import type { Registry } from 'prom-client';

const name = 'countersign_guard_upstream_seconds';
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What was measured of the requests of one route that were answered alike. */
interface Times {
  readonly route: string;
  readonly status: string;
  /** How many took at most the bound at the same place, and more than the one before; the last: more than all. */
  readonly counts: number[];
  sum: number;
}

/**
 * The histogram of what upstreams take. prom-client exposes it; it is counted here, because counting one request there
 * copies its labels three times, which cost as much as its verification.
 *
 * @see https://prometheus.io/docs/concepts/metric_types/#histogram
 */
export class UpstreamTimes {
  readonly #times = new Map<string, Times[]>();

  /** @param status of the answer; 502 and 504 where there was none */
  observe(route: string, status: number, seconds: number): void {
    const hundreds = Math.min(Math.max(Math.floor(status / 100), 0), 9);
    let byStatus = this.#times.get(route);
    if (!byStatus) this.#times.set(route, (byStatus = []));
    const times = (byStatus[hundreds] ??= {
      route,
      status: `${hundreds}xx`,
      counts: [...bounds, Infinity].map(() => 0),
      sum: 0,
    });
    let at = 0;
    while (at < bounds.length && seconds > bounds[at]!) at++;
    times.counts[at]!++;
    times.sum += seconds;
  }

  /** Has a registry expose it. */
  register(registry: Registry): void {
    const metric = {
      name,
      get: async () => ({
        name,
        help: 'The time from sending a request on to the end of its answer',
        type: 'histogram',
        values: [...this.#times.values()].flatMap((byStatus) => byStatus.filter(Boolean).flatMap(samplesOf)),
        aggregator: 'sum',
      }),
    };
    // Of a metric a registry uses what is here.
    registry.registerMetric(metric as unknown as Parameters<Registry['registerMetric']>[0]);
  }
}

interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Of buckets the counts are those of all smaller ones, too. */
function samplesOf({ route, status, counts, sum }: Times): Sample[] {
  const labels = { route, status };
  let count = 0;
  const buckets = counts.map((own, at) => {
    count += own;
    return { metricName: `${name}_bucket`, labels: { le: String(bounds[at] ?? '+Inf'), ...labels }, value: count };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
