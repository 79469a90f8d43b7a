import type { IncomingMessage } from 'node:http';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import { readUpstream, type Upstream } from '../wire/upstream.ts';

/** A service that requests may go to, and how they are signed for it. */
export interface TargetOptions {
  /** The first segment of the paths that go there; of a single target it may be left out: then every path does. */
  readonly name?: string | undefined;
  /** Scheme, host and port. */
  readonly url: string;
  readonly scheme: Scheme;
  readonly credential: Credential;
}

/** A target, checked. */
export interface Target {
  readonly name: string | undefined;
  readonly upstream: Upstream;
  /** What Host says there. */
  readonly authority: string;
  readonly scheme: Scheme;
  readonly credential: Credential;
}

/** Where a request goes, and for what it asks there. */
export interface Destination {
  readonly target: Target;
  /** Path and query, as they are signed and sent. */
  readonly path: string;
}

/**
 * Checks the targets.
 *
 * @throws TypeError naming the one that cannot be used, or is not told from the others
 */
export function makeTargets(options: readonly TargetOptions[]): readonly Target[] {
  if (options.length === 0)
    throw new TypeError('there is no target: requests go nowhere else than to those that are given');
  const names = new Set<string>();
  return options.map(({ name, url, scheme, credential }) => {
    if (name === undefined && options.length > 1)
      throw new TypeError(`of several targets each needs a name, such as api=${url}`);
    if (name !== undefined && !/^[A-Za-z0-9][\w.-]*$/.test(name))
      throw new TypeError(`the name of a target is letters, digits, dots and hyphens; not ${JSON.stringify(name)}`);
    if (name !== undefined && names.has(name)) throw new TypeError(`two targets are called ${JSON.stringify(name)}`);
    if (name !== undefined) names.add(name);
    const upstream = readUpstream(url);
    return { name, upstream, authority: new URL(url).host, scheme, credential };
  });
}

/**
 * Where a request goes: what an absolute target names, as clients write one to a proxy, else the target of the first
 * segment, else the only one. `undefined` for anything else: this is no way to other servers.
 */
export function destinationOf(
  { url = '' }: Pick<IncomingMessage, 'url'>,
  targets: readonly Target[],
): Destination | undefined {
  const absolute = absoluteTarget(url);
  if (absolute) {
    const { rest } = absolute;
    const [target] = targetsAt(absolute, targets);
    return target && { target, path: rest.startsWith('/') ? rest : `/${rest}` };
  }
  if (!url.startsWith('/')) return undefined;
  const [only] = targets;
  if (only && only.name === undefined) return { target: only, path: url };
  const [, name = '', path = ''] = /^\/([^/?]*)(.*)$/s.exec(url) ?? [];
  const target = targets.find((candidate) => candidate.name === name);
  return target && { target, path: path.startsWith('/') ? path : `/${path}` };
}

/** The names of the targets that an absolute target may mean, where it means several: they are signed in different ways. */
export function ambiguousNames(
  { url = '' }: Pick<IncomingMessage, 'url'>,
  targets: readonly Target[],
): readonly string[] {
  const absolute = absoluteTarget(url);
  const meant = absolute ? targetsAt(absolute, targets) : [];
  return meant.length > 1 ? meant.map(({ name = '' }) => name) : [];
}

interface AbsoluteTarget {
  readonly authority: string;
  /** Path and query. */
  readonly rest: string;
}

function absoluteTarget(url: string): AbsoluteTarget | undefined {
  const [, authority, rest = ''] = /^https?:\/\/([^/?]+)(.*)$/is.exec(url) ?? [];
  return authority === undefined ? undefined : { authority: authority.toLowerCase(), rest };
}

function targetsAt({ authority }: AbsoluteTarget, targets: readonly Target[]): readonly Target[] {
  return targets.filter((candidate) => candidate.authority === withoutDefaultPort(authority, candidate));
}

function withoutDefaultPort(authority: string, { upstream: { secure } }: Target): string {
  // A client that knows no TLS asks for http://…:80, or for https://…:443; both are the service's own.
  return authority.replace(secure ? /:(?:443|80)$/ : /:80$/, '');
}
