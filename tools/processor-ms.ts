/** How long this process computed while it did something, in milliseconds: what else the machine does is not counted. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
