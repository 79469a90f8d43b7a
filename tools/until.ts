/**
 * Resolves when something has happened, which is looked at in each turn of the event loop. For tests whose timers are fake:
 * `expect.poll` moves those on each time it looks, by as much as the machine is slow.
 */
export async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => void setImmediate(resolve));
}
