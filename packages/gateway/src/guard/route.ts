import { asyncReceiver } from '@countersign/core/async-receiver';
import type { ReceiverRefusalCode } from '@countersign/core/errors';
import type { PublicKeyCredential } from '@countersign/core/public-key';
import { hasPublicKeys, type AnyScheme } from '@countersign/core/public-key-scheme';
import type { IncomingBody, IncomingRequest } from '@countersign/core/receive';
import { receiver, type ReceiverOptions } from '@countersign/core/receiver';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import type { Verification } from '@countersign/core/verify';
import { replayGuard, type ReplayGuard, type ReplayOptions } from '../replay/replay-guard.ts';
import type { ReplayStore } from '../replay/replay-store.ts';
import { readUpstream, type Upstream } from '../wire/upstream.ts';
import { namesOfScheme } from './names-alike.ts';

/** The requests of one path: how they are signed, and where they go. */
export interface RouteOptions extends Omit<ReceiverOptions, 'now' | 'scheme' | 'credentials'> {
  /** One with a shared secret, or one that a private key signs for. */
  readonly scheme: AnyScheme;
  /** One, or several during a rotation: secrets or public keys, as the scheme has them. */
  readonly credentials: RouteCredential | readonly RouteCredential[];
  /** For logs and metrics. Defaults to the path. */
  readonly name?: string | undefined;
  /** The path that the route begins at, in whole segments: `/hooks` takes `/hooks` and `/hooks/a`. `/`, which takes all. */
  readonly path?: string | undefined;
  /** The application: scheme, host and port. The target of each request goes on as it came, so there is no path. */
  readonly upstream: string;
  /** Where and how repeats are known. Without it repeats pass, and are called unchecked. */
  readonly replay?: (Omit<ReplayOptions, 'scheme' | 'toleranceSeconds'> & { readonly store: ReplayStore }) | undefined;
  /** Verify and log, and forward what would be refused, too. */
  readonly observe?: boolean | undefined;
}

/** A key of either kind. */
export type RouteCredential = Credential | PublicKeyCredential;

/** The verdict on a request, by a key of either kind. */
export type RouteVerification = Verification<ReceiverRefusalCode, RouteCredential>;

/** Verifies: at once by a secret, and later by a public key. */
interface RouteReceiver {
  verify(request: IncomingRequest, body: IncomingBody): RouteVerification | Promise<RouteVerification>;
}

/** A route, ready to judge. */
export interface Route {
  readonly name: string;
  readonly path: string;
  readonly upstream: Upstream;
  readonly scheme: AnyScheme;
  /** The headers that its scheme knows, by their folded names. */
  readonly schemeNames: ReadonlyMap<string, string>;
  readonly publicUrl: string | undefined;
  readonly observe: boolean;
  readonly replays: ReplayGuard | undefined;
  readonly store: ReplayStore | undefined;
  /** Whether the answers of the upstream are kept for repeats. */
  readonly keepsOutcomes: boolean;
  /** Replaced when keys change. */
  receiver: RouteReceiver;
  credentials: readonly RouteCredential[];
  replaceCredentials(credentials: readonly RouteCredential[]): void;
}

/**
 * Makes a route, and checks all that it is made of.
 *
 * @throws TypeError naming what cannot be used
 */
export function makeRoute(options: RouteOptions, now: () => Date): Route {
  const { name, path = '/', upstream, replay, observe = false, ...receiving } = options;
  if (!/^\/[^?#\s]*$/.test(path) || hasDotSegment(path))
    throw new TypeError(
      `the path of a route is one as it stands in requests, such as /hooks; not ${JSON.stringify(path)}`,
    );
  const { scheme, toleranceSeconds } = receiving;
  // Each kind checks that the keys are its own.
  const verifying = (given: RouteOptions['credentials']): RouteReceiver =>
    hasPublicKeys<Scheme>(scheme)
      ? asyncReceiver({ ...receiving, scheme, credentials: given as PublicKeyCredential, now })
      : receiver({ ...receiving, scheme, credentials: given as Credential, now });
  return {
    name: name ?? path,
    path: path === '/' ? '' : path.replace(/\/$/, ''),
    upstream: readUpstream(upstream),
    scheme,
    schemeNames: namesOfScheme(scheme),
    publicUrl: typeof receiving.publicUrl === 'string' ? receiving.publicUrl : undefined,
    observe,
    replays: replay && replayGuard(replay.store, { ...replay, scheme, toleranceSeconds }),
    store: replay?.store,
    keepsOutcomes: replay?.onRepeat === 'repeat-outcome',
    receiver: verifying(options.credentials),
    credentials: [options.credentials].flat(),
    replaceCredentials(credentials) {
      this.receiver = verifying(credentials);
      this.credentials = credentials;
    },
  };
}

/** The routes, the longest path first. */
export function orderedRoutes(routes: readonly Route[]): Route[] {
  const paths = routes.map(({ path }) => path);
  const twice = paths.find((path, at) => paths.indexOf(path) !== at);
  if (twice !== undefined) throw new TypeError(`two routes have the path ${twice || '/'}`);
  if (routes.length === 0) throw new TypeError('there is no route');
  return routes.toSorted((one, other) => other.path.length - one.path.length);
}

/** What a target leads to: a route, or nowhere; `ambiguous` where the application may resolve it to another path. */
export function routeOf(routes: readonly Route[], target: string): Route | 'ambiguous' | undefined {
  const path = pathOf(target);
  // Where all requests go by the same rules, it does not matter what becomes of the path.
  if (routes.some(({ path: own }) => own !== '') && (hasDotSegment(path) || /\/\/|\\|%(?:2f|5c)/i.test(path)))
    return 'ambiguous';
  return routes.find(({ path: own }) => own === '' || path === own || path.startsWith(`${own}/`));
}

/** The path of a target, with which logs do as well: a query may hold anything. */
export function pathOf(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*/i, '').replace(/[?#].*$/s, '') || '/';
}

function hasDotSegment(path: string): boolean {
  return /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:;[^/]*)?(?=$|[/\\]|%2f|%5c)/i.test(path);
}
