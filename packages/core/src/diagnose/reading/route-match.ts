/** A path that fits one of a provider's route templates. */
export interface RouteMatch {
  /** The template, for example `/calling/callConnections/{callConnectionId}:play`. */
  readonly template: string;
  /** The parameters in order, with the text that stood for each in the path. */
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

interface Route {
  readonly template: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** The first template that the path fits; templates without parameters win. */
export function matchRoute(templates: readonly string[], path: string): RouteMatch | undefined {
  for (const { template, pattern, names } of routesOf(templates)) {
    const match = pattern.exec(path);
    // An identifier that swallowed an action (`401f…:play`) belongs to a longer template or to none.
    if (match) {
      return { template, parameters: names.map((name, index) => ({ name, value: match[index + 1] ?? '' })) };
    }
  }
  return undefined;
}

/** A provider's templates are made into patterns once. */
const known = new WeakMap<readonly string[], readonly Route[]>();

function routesOf(templates: readonly string[]): readonly Route[] {
  let routes = known.get(templates);
  if (!routes) {
    routes = templates.toSorted((left, right) => count(left) - count(right)).map(routeOf);
    known.set(templates, routes);
  }
  return routes;
}

function routeOf(template: string): Route {
  const names: string[] = [];
  const source = template
    .split(/(\{\w+\})/)
    .map((piece) => {
      if (!piece.startsWith('{')) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(piece.slice(1, -1));
      return '([^/]+?)';
    })
    .join('');
  return { template, pattern: new RegExp(`^${source}/?$`), names };
}

function count(template: string): number {
  const parameters = template.split('{').length - 1;
  // Of templates with as many parameters, the longer fixed text is the more specific.
  return parameters * 1000 - template.replace(/\{\w+\}/g, '').length;
}
