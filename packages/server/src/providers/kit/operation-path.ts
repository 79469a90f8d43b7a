/** How a path parameter is separated from what follows it. */
export interface PathRules {
  /**
   * The parameters whose values may have a colon in them; all of them unless said. Where a path goes on with a colon after
   * a parameter, as in `{callConnectionId}:play`, no value of it has one.
   */
  readonly withColons?: readonly string[];
}

/**
 * A path of an OpenAPI specification in the router's grammar: `{callConnectionId}:play` becomes a parameter that a colon
 * ends, and a literal colon. At the end of a path a parameter takes what remains; `pathPattern` tells whether it should
 * have.
 */
export function routerPath(path: string): string {
  return path
    .replaceAll(':', '::')
    .replaceAll(/\{(\w+)\}(?=::)/g, ':$1([^:/]+)')
    .replaceAll(/\{(\w+)\}/g, ':$1');
}

/**
 * Recognizes a path of the specification as it is sent, percent-encoded: the router decodes first, and then a colon in an
 * id looks like one before an action.
 */
export function pathPattern(path: string, { withColons }: PathRules = {}): RegExp {
  const source = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    withColons === undefined || withColons.includes(name) ? '[^/]+' : '[^:/]+',
  );
  return new RegExp(`^${source}$`);
}
