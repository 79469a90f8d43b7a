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
  const working = Symbol('working');
  for (;;) {
    // The work's own requests run between the steps.
    const pause = new Promise<typeof working>((resolve) => setTimeout(() => resolve(working), 5));
    const result = await Promise.race([work, pause]);
    if (result !== working) return result;
    await control.advance(250);
  }
}
