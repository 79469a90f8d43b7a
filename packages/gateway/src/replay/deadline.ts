/** Thrown when something took longer than it may. */
class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Waits no longer than `ms` milliseconds.
 *
 * @param late is given what comes afterwards all the same
 * @throws DeadlineError
 */
export async function within<T>(ms: number, work: Promise<T> | T, late?: (value: T) => void): Promise<T> {
  if (!(work instanceof Promise)) return work;
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new DeadlineError(`no answer within ${ms} ms`));
    }, ms);
  });
  const settled = work.then((value) => {
    if (isLate) late?.(value);
    return value;
  });
  try {
    return await Promise.race([settled, ended]);
  } finally {
    clearTimeout(timer);
  }
}
