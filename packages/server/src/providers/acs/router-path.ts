/**
 * A path of the specification in the router's grammar: `{callConnectionId}:play` becomes a parameter that a colon ends,
 * and a literal colon. A participant's raw id may contain colons.
 */
export function routerPath(path: string): string {
  return path
    .replaceAll(':', '::')
    .replaceAll('{participantRawId}', ':participantRawId')
    .replaceAll(/\{(\w+)\}/g, ':$1([^:/]+)');
}
