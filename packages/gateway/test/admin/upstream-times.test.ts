import { Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { UpstreamTimes } from '../../src/admin/upstream-times.ts';

const lines = (text: string): string[] => text.trim().split('\n').toSorted();

it('the times of upstreams are exposed as prom-client’s own histogram exposes them', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const times = new UpstreamTimes();
  times.register(ours);
  const histogram = new Histogram({
    registers: [theirs],
    name: 'countersign_guard_upstream_seconds',
    help: 'The time from sending a request on to the end of its answer',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  const measured: [route: string, status: number, seconds: number][] = [
    ['/hooks', 200, 0],
    ['/hooks', 204, 0.005],
    ['/hooks', 200, 0.0051],
    ['/hooks', 502, 30],
    ['/hooks', 504, 31],
    ['a "route"', 404, 0.2],
  ];
  for (const [route, status, seconds] of measured) {
    times.observe(route, status, seconds);
    histogram.observe({ route, status: `${String(status)[0]}xx` }, seconds);
  }
  expect(lines(await ours.metrics())).toEqual(lines(await theirs.metrics()));
});
