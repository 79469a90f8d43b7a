/**
 * Lets the process that started this one call the handlers by name; see `startProcess` in ../start-process.js.
 *
 * @param {Record<string, (input: any) => unknown>} handlers what each returns is sent back
 */
export function answerParent(handlers) {
  process.on('message', async ({ id, name, input }) => {
    try {
      process.send({ id, result: await handlers[name](input) });
    } catch (error) {
      process.send({ id, error: error.stack ?? String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
}

/** A handler: microseconds of processor time since the start, of all threads. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
