import type { ServerResponse } from 'node:http';
import type { HeldBody } from '../body/held-body.ts';
import type { Outcome } from '../replay/replay-store.ts';
import { verifiedHeader, verifiedValue } from '../wire/forwarded-headers.ts';
import { entryOf, type Handling, type Passage } from './handling.ts';
import type { Judgement } from './judge.ts';
import { answerId } from './refuse.ts';
import type { Route } from './route.ts';

/** A request that a route takes. */
export interface RoutedPassage extends Passage {
  readonly route: Route;
}

/** Forwards a request; then settles its claim, or releases it if the application did not act on the request. */
export async function pass(
  passage: RoutedPassage,
  judgement: Judgement,
  body: HeldBody,
  response: ServerResponse,
  handling: Handling,
): Promise<void> {
  const { request, route } = passage;
  const { metrics, forwarder, log } = handling;
  notePassing(passage, judgement, handling);
  const began = performance.now();
  const result = await forwarder.forward(request, body, response, {
    upstream: route.upstream,
    addedHeaders: addedHeaders(passage, judgement),
    keepsOutcome: route.keepsOutcomes && judgement.ok,
    beforeAnswer: (status) => (status >= 500 ? settle(judgement, false, undefined) : undefined),
    beforeEnd: (outcome) => settle(judgement, true, outcome),
  });
  const elapsedMs = performance.now() - began;
  const { status } = result;
  metrics.upstreamTimes.observe(route.name, status, elapsedMs / 1000);
  const upstreamMs = Math.round(elapsedMs);
  if (!result.answered) {
    metrics.upstreamFailures.inc({ route: route.name });
    await settle(judgement, false, undefined);
    log(entryOf(passage, { level: 'error', event: 'upstream-failed', reason: result.reason, status, upstreamMs }));
    if (!response.headersSent) answerId(response, status, passage.id);
    return;
  }
  if (!judgement.ok) return;
  const { verified, replay } = judgement;
  const key = verified.keyId ?? verified.credential.name;
  log(entryOf(passage, { level: 'info', event: 'accepted', key, replay, status, upstreamMs, bytes: body.length }));
}

/** Counts what goes on; in observe mode what would be refused is said before. */
export function notePassing(passage: RoutedPassage, judgement: Judgement, { metrics, log }: Handling): void {
  const route = passage.route.name;
  if (judgement.ok) return metrics.accepted.inc({ route });
  const { code, summary } = judgement;
  metrics.observed.inc({ route, code });
  log(entryOf(passage, { level: 'warn', event: 'observed', code, reason: summary }));
}

/** Counts repeats. */
export function noteRepeat({ name }: Route, judgement: Judgement, { metrics }: Handling): void {
  const isRepeat = judgement.ok
    ? judgement.replay === 'repeated'
    : judgement.code === 'replay/repeated' || judgement.code === 'replay/in-progress';
  if (isRepeat) metrics.repeats.inc({ route: name });
}

/** Settles the claim, or releases it if nobody acted on the request; once. */
export function settle(
  judgement: Judgement,
  wasActedUpon: boolean,
  outcome: Outcome | undefined,
): Promise<void> | undefined {
  if (!judgement.ok || !judgement.claim) return undefined;
  const { claim } = judgement;
  if (!wasActedUpon) return claim.release();
  const settling = claim.settle(outcome);
  // There is nothing to be waited for where nothing is kept.
  return outcome && settling;
}

/** The header that tells the application what was verified; none in observe mode for what was not. */
export function addedHeaders({ id, route: { scheme } }: RoutedPassage, judgement: Judgement): readonly string[] {
  if (!judgement.ok) return [];
  const { verified, replay } = judgement;
  const { keyId, credential, signedAt } = verified;
  const key = keyId ?? credential.name;
  return [verifiedHeader, verifiedValue({ id, scheme: scheme.id, key, signedAt, replay })];
}

/** Answers a repeat as the first one was answered. */
export function repeatOutcome(
  passage: Passage,
  { status, headers, body }: Outcome,
  response: ServerResponse,
  { log }: Handling,
): void {
  log(entryOf(passage, { level: 'info', event: 'accepted', replay: 'repeated', status }));
  response.sendDate = false;
  response.writeHead(status, [...headers.flat(), 'Content-Length', String(body.length)]);
  response.end(body);
}
