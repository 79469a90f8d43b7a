/** Resolves at Ctrl-C or termination. A second signal ends the process at once, as the system does by default. */
export function untilInterrupted(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  return new Promise((resolve) => {
    const interrupt = (): void => {
      for (const signal of signals) process.removeListener(signal, interrupt);
      resolve();
    };
    for (const signal of signals) process.on(signal, interrupt);
  });
}
