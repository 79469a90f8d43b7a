import type { FeedFact } from '@countersign/server/control/event-feed';
import { ServerSentEventReader, type SentEvent } from './server-sent-events.ts';

/** `live`: what happens arrives at once. `lost`: the stream has dropped and is being picked up again. */
export type FeedStatus = 'connecting' | 'live' | 'lost';

export interface EventStreamParts {
  readonly url: string;
  /** The stream has a place but no past: whoever keeps state reads it again, and then follows the facts. */
  readonly onFresh: () => void;
  readonly onFact: (fact: FeedFact) => void;
  readonly onConnection: (connection: FeedStatus) => void;
  readonly fetch?: typeof fetch;
  /** Milliseconds before the n-th attempt in a row to connect again; the last value repeats. */
  readonly retryAfterMs?: readonly number[];
  /** A stream that is silent for longer is given up: the server sends a sign of life every 15 seconds. */
  readonly silenceMs?: number;
}

/**
 * Follows the server's events. After a drop it asks for what came after the last event that it saw: nothing is missed
 * and nothing comes twice. Where the server cannot tell any more (too long ago, or another server answers now), it says
 * `reset`, which is passed on as `onFresh`. Returns a function that stops it.
 */
export function followEvents(parts: EventStreamParts): () => void {
  const { url, onConnection, retryAfterMs = [100, 500, 1000, 2000, 5000], silenceMs = 40_000 } = parts;
  const request = parts.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
  const stopped = new AbortController();
  let lastId: string | undefined;
  let failures = 0;
  let wake: () => void = () => {};

  const take = (event: SentEvent): void => {
    const isFirst = lastId === undefined;
    if (!isFirst && event.event !== undefined && event.event !== 'reset' && isSeen(event.id, lastId)) return;
    lastId = event.id ?? lastId;
    if (isFirst || event.event === 'reset') parts.onFresh();
    if (event.event !== undefined && event.event !== 'reset') parts.onFact(JSON.parse(event.data) as FeedFact);
  };

  const followOnce = async (): Promise<void> => {
    const attempt = new AbortController();
    const giveUp = (): void => attempt.abort();
    stopped.signal.addEventListener('abort', giveUp);
    let silence = setTimeout(giveUp, silenceMs);
    try {
      const response = await request(url, {
        headers: { Accept: 'text/event-stream', ...(lastId !== undefined && { 'Last-Event-ID': lastId }) },
        cache: 'no-store',
        signal: attempt.signal,
      });
      if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
      const reader = new ServerSentEventReader();
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
        clearTimeout(silence);
        silence = setTimeout(giveUp, silenceMs);
        for (const event of reader.read(piece.value)) take(event);
        failures = 0;
        onConnection('live');
      }
    } finally {
      clearTimeout(silence);
      stopped.signal.removeEventListener('abort', giveUp);
      attempt.abort();
    }
  };

  const follow = async (): Promise<void> => {
    onConnection('connecting');
    while (!stopped.signal.aborted) {
      await followOnce().catch(() => undefined);
      if (stopped.signal.aborted) return;
      onConnection('lost');
      const waitMs = retryAfterMs[Math.min(failures++, retryAfterMs.length - 1)] ?? 1000;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, waitMs);
      });
    }
  };

  const retryNow = (): void => wake();
  globalThis.addEventListener?.('online', retryNow);
  void follow();
  return () => {
    globalThis.removeEventListener?.('online', retryNow);
    stopped.abort();
    wake();
  };
}

/** Ids are `{server}-{n}`, and n counts up. */
function isSeen(id: string | undefined, lastId: string | undefined): boolean {
  const [server, place] = splitId(id);
  const [lastServer, lastPlace] = splitId(lastId);
  return server === lastServer && place <= lastPlace;
}

function splitId(id = ''): [server: string, place: number] {
  const at = id.lastIndexOf('-');
  return [id.slice(0, at), Number(id.slice(at + 1))];
}
