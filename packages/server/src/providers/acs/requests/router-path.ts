/**
 * A path of the specification in the router's grammar: `{callConnectionId}:play` becomes a parameter that a colon ends,
 * and a literal colon. At the end of a path a parameter takes what remains; `pathPattern` tells whether it should have.
 */
export function routerPath(path: string): string {
  return path
    .replaceAll(':', '::')
    .replaceAll(/\{(\w+)\}(?=.)/g, ':$1([^:/]+)')
    .replace(/\{(\w+)\}$/, ':$1');
}

/**
 * Recognizes a path of the specification as it is sent, percent-encoded: the router decodes first, and then a colon in an
 * id looks like one before an action. A participant's raw id has colons of its own.
 */
export function pathPattern(path: string): RegExp {
  const source = path.replace('{participantRawId}', '[^/]+').replaceAll(/\{\w+\}/g, '[^:/]+');
  return new RegExp(`^${source}$`);
}
