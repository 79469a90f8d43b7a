/**
 * What `work` comes to; `undefined` when that takes longer. `work` goes on then.
 *
 * @param ms wall-clock milliseconds; without them there is no such limit
 * @param since something after which they begin anew whenever it happens: when it last did, as `performance.now()` tells time
 */
export async function withinTime<T>(
  work: Promise<T>,
  ms: number | undefined,
  since: () => number = never,
): Promise<T | undefined> {
  if (ms === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  let from = performance.now();
  const over = new Promise<undefined>((resolve) => {
    const look = (): void => {
      const laterMs = since() - from;
      if (laterMs <= 0) return resolve(undefined);
      from += laterMs;
      timer = setTimeout(look, laterMs);
    };
    timer = setTimeout(look, ms);
  });
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
}

const never = (): number => Number.NEGATIVE_INFINITY;
