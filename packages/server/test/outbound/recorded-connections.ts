import { connect } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { OutboundGuard } from '../../src/outbound/outbound-guard.ts';

/** Nothing but this is ever connected to, whatever a guard lets through. */
const loopback = '127.0.0.1';

/**
 * A guard whose names resolve to what a test says, and whose connections are recorded. Each of them goes to loopback, so
 * that a guard which fails sends nothing to where it should not.
 *
 * @param names addresses by name; a list of lists gives another one at each look-up
 */
export function recordedGuard(
  names: Readonly<Record<string, readonly string[] | readonly (readonly string[])[]>> = {},
  allowed: readonly string[] = [],
) {
  /** Hosts that were connected to, with the addresses that the connection was made for. */
  const connections: string[] = [];
  const lookups: string[] = [];
  const guard = new OutboundGuard({
    allowed,
    resolve: (name, done) => {
      const nth = lookups.filter((one) => one === name).length;
      lookups.push(name);
      const found = names[name];
      const addresses = (Array.isArray(found?.[0]) ? (found[nth] ?? found.at(-1)) : found) as
        readonly string[] | undefined;
      if (!addresses) {
        done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), []);
        return;
      }
      done(
        null,
        addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
    open: ({ host, lookup, ...destination }) => {
      const { port } = destination as { port?: number | string };
      let addresses = '';
      lookup?.(host ?? '', { all: true }, (_error, all) => {
        addresses = ` at ${(all as unknown as LookupAddress[]).map(({ address }) => address).join(', ')}`;
      });
      connections.push(`${host}${addresses}`);
      return connect({ host: loopback, port: Number(port) });
    },
  });
  return { guard, connections, lookups };
}
