import { message, type Header } from '@countersign/core/message';
import { askEndpoint, type EndpointOutcome } from '../endpoint/ask-endpoint.ts';
import { pace, type Clock } from '../endpoint/clock.ts';
import type { WholeMessage } from '../requests/signed-message.ts';
import type { EventSigner } from './event-signer.ts';

/** What is sent, and where to. */
export interface Emission {
  readonly protocol: string;
  readonly authority: string;
  /** The absolute URL, as it is signed. */
  readonly url: string;
  readonly method: string;
  /** Without those that prove the event. */
  readonly headers: readonly Header[];
  readonly body: (at: Date) => Uint8Array;
  readonly signer: EventSigner;
  readonly count: number;
  /** At most so many a second; one after the other all the same. */
  readonly perSecond: number | undefined;
  /** How old the events are to be, in milliseconds. */
  readonly ageMs: number;
}

/** One event that was sent, and what came of it. */
export interface Sent {
  readonly message: WholeMessage;
  readonly outcome: EndpointOutcome;
  readonly elapsedMs: number;
}

const timeoutMs = 30_000;

/** Sends the events one after the other, each signed when it is sent. */
export async function* emitEvents(emission: Emission, clock: Clock): AsyncGenerator<Sent> {
  const { count, perSecond = Number.POSITIVE_INFINITY } = emission;
  const nextTurn = pace(perSecond, clock);
  for (let sent = 0; sent < count; sent++) {
    await nextTurn();
    yield await emitOne(emission, clock);
  }
}

async function emitOne(emission: Emission, { now, sleep }: Clock): Promise<Sent> {
  const { protocol, authority, url, method, headers, body, signer, ageMs } = emission;
  const startedMs = now().getTime();
  const at = new Date(startedMs - ageMs);
  const bytes = body(at);
  const unsigned: WholeMessage = { ...message({ method, url, headers, body: bytes }), body: bytes };
  const signed = await signer.sign(unsigned, at);
  const outcome = await askEndpoint({ protocol, authority, message: signed }, { timeoutMs, sleep });
  return { message: signed, outcome, elapsedMs: now().getTime() - startedMs };
}

/** Whether the endpoint took the event. */
export function isTaken(outcome: EndpointOutcome): boolean {
  return 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
}
