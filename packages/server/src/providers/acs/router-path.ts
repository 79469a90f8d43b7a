/**
 * A path of the specification in the router's grammar: `{callConnectionId}:play` becomes a parameter that a colon ends,
 * and a literal colon. A parameter at the end of a path may contain colons.
 */
export function routerPath(path: string): string {
  return path
    .replaceAll(':', '::')
    .replaceAll(/\{(\w+)\}(?=.)/g, ':$1([^:/]+)')
    .replace(/\{(\w+)\}$/, ':$1');
}
