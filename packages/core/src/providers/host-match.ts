/** Whether a Host header names one of these hosts: whole names, or endings that begin with a dot. */
export function matchesHost(hosts: readonly string[], host: string): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return hosts.some((known) => name === known || (known.startsWith('.') && name.endsWith(known)));
}
