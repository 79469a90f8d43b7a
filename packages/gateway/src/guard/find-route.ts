import type { IncomingMessage } from 'node:http';
import { framingProblem } from '../wire/framing.ts';
import type { Refused } from './judge.ts';
import { routeOf, type Route } from './route.ts';

/** The route that takes a request; or why none does, because it can be read in two ways or leads nowhere. */
export function findRoute(request: IncomingMessage, routes: readonly Route[]): Route | Refused {
  const problem = framingProblem(request);
  if (problem !== undefined) return ambiguous(problem);
  const route = routeOf(routes, request.url ?? '');
  if (route === 'ambiguous') return ambiguous('the path may be resolved to another one, behind another route');
  return route ?? { ok: false, code: 'route/none', summary: 'no route takes this path' };
}

/** A request that can be read in two ways. */
export function ambiguous(summary: string): Refused {
  return { ok: false, code: 'framing/ambiguous', summary };
}
