/**
 * How variables of the environment are set in front of a command of a POSIX shell: the secret, and what else a program reads.
 *
 * @param variables the names of those besides the secret
 */
export function setBefore(command: string, variables: readonly string[]): string {
  return [...['SIGNING_SECRET', ...variables].map((name) => `${name}=…`), command].join(' ');
}
