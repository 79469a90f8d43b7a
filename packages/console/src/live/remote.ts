import { useEffect, useState } from 'preact/hooks';
import type { FeedFact } from '@countersign/server/control/event-feed';
import { ControlApiError, readControl, wordsOf } from './control-api.ts';
import { onFact } from './live-state.ts';

/** Something read from the control API: its latest value stays while it is read again. */
export interface Remote<T> {
  readonly value?: T;
  /** Why it cannot be read, in words. */
  readonly problem?: string;
  readonly status?: number | undefined;
}

/** How long a change may wait for others to be read with it. */
const gatherMs = 80;

/** Reads `url`, and reads it again after each fact that `concerns` it. Never more than one reading at a time. */
export function useRemote<T>(url: string, concerns: (fact: FeedFact) => boolean): Remote<T> {
  const [remote, setRemote] = useState<Remote<T> & { readonly url: string }>({ url });
  useEffect(() => {
    const stopped = new AbortController();
    let isReading = false;
    let isStale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const read = async (): Promise<void> => {
      timer = undefined;
      isReading = true;
      isStale = false;
      try {
        setRemote({ url, value: await readControl<T>(url, stopped.signal) });
      } catch (error) {
        if (stopped.signal.aborted) return;
        const status = error instanceof ControlApiError ? error.status : undefined;
        setRemote({ url, problem: wordsOf(error), status });
      }
      isReading = false;
      if (isStale) timer = setTimeout(() => void read(), gatherMs);
    };
    void read();
    const stopListening = onFact((fact) => {
      if (fact.type !== 'fresh' && !concerns(fact)) return;
      if (isReading) isStale = true;
      else timer ??= setTimeout(() => void read(), gatherMs);
    });
    return () => {
      stopped.abort();
      clearTimeout(timer);
      stopListening();
    };
  }, [url]);
  return remote.url === url ? remote : {};
}
