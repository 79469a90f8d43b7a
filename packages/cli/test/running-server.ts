import { type RunningServer, startServer } from '@countersign/server';

/** A local server on a virtual clock, on a port of its own. */
export function virtualServer(): Promise<RunningServer> {
  return startServer({ port: 0, clock: 'virtual', environment: {} });
}

/**
 * Lets call time pass for as long as the work takes, so that a call of ten seconds is over in a blink. Each step waits
 * for what follows from it, callbacks included.
 */
export async function whileTimePasses<T>({ control }: RunningServer, work: Promise<T>): Promise<T> {
  let isDone = false;
  const finished = work.finally(() => (isDone = true));
  // The work's own requests run between the steps.
  const passing = (async () => {
    while (!isDone) {
      await control.advance(250);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const result = await finished;
  await passing;
  return result;
}
