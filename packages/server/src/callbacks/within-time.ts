/**
 * What `work` comes to; `undefined` when that takes longer. `work` goes on then.
 *
 * @param ms wall-clock milliseconds; without them there is no such limit
 */
export async function withinTime<T>(work: Promise<T>, ms: number | undefined): Promise<T | undefined> {
  if (ms === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
}
