import { BlockList, isIP } from 'node:net';
import { OutboundGuard } from '../outbound/outbound-guard.ts';

export interface CallbackUrlRules {
  /** Insist on https, as Azure does. */
  readonly strict: boolean;
  /** Allow http to any host. Otherwise http is for loopback and private addresses only. */
  readonly allowPublicHttp: boolean;
  /** Which hosts nothing is sent to. Default: link-local addresses and metadata services. */
  readonly guard?: OutboundGuard;
}

const usualGuard = new OutboundGuard();

const nearby = new BlockList();
nearby.addSubnet('127.0.0.0', 8);
nearby.addSubnet('10.0.0.0', 8);
nearby.addSubnet('172.16.0.0', 12);
nearby.addSubnet('192.168.0.0', 16);
nearby.addSubnet('169.254.0.0', 16);
nearby.addAddress('::1', 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');
nearby.addSubnet('fe80::', 10, 'ipv6');

/** Names that resolve on this machine or its network only (RFC 6761, RFC 6762, RFC 8375, docker's and Kubernetes's). */
const nearbyName = /^(?:[^.]+|.+\.(?:localhost|local|internal|lan|test|home\.arpa))$/i;

/** The latest URL with which nothing was wrong: an application gives the same one in all its calls. */
let latest: { readonly url: string; readonly rules: CallbackUrlRules } | undefined;

/**
 * What is wrong with a callback URL, in one sentence; `undefined` when nothing is.
 *
 * @param url as the user gave it
 */
export function callbackUrlProblem(url: string, rules: CallbackUrlRules): string | undefined {
  if (latest?.url === url && areSame(latest.rules, rules)) return undefined;
  const problem = problemOf(url, rules);
  if (problem === undefined) latest = { url, rules };
  return problem;
}

function areSame(one: CallbackUrlRules, other: CallbackUrlRules): boolean {
  return one.strict === other.strict && one.allowPublicHttp === other.allowPublicHttp && one.guard === other.guard;
}

function problemOf(url: string, rules: CallbackUrlRules): string | undefined {
  const parsed = parse(url);
  if (!parsed) return `"${url}" is not an absolute URL`;
  const { protocol, hostname, username, password } = parsed;
  if (protocol !== 'https:' && protocol !== 'http:') {
    return `"${url}" is not an http(s) URL`;
  }
  if (username !== '' || password !== '') return 'the URL carries a user name or password; callbacks are sent without';
  const refused = (rules.guard ?? usualGuard).problem(hostname);
  if (refused !== undefined) return refused;
  if (protocol === 'https:') return undefined;
  if (rules.strict) return `"${url}" is not https, and the server insists on https callbacks`;
  if (rules.allowPublicHttp || isNearby(hostname)) return undefined;
  return `"${url}" is http to a public host; http is accepted to loopback and private addresses only`;
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function isNearby(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  // Checked first because it is the usual case and a BlockList is slow.
  if (hostname === 'localhost' || (family === 4 && hostname.startsWith('127.'))) return true;
  if (family === 0) return nearbyName.test(hostname);
  return nearby.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
