import { ADDRCONFIG, lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { isOffLimits, isOffLimitsName } from './off-limits.ts';

/** Finds all addresses of a name. */
export type Resolve = (name: string, done: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void;

/** The options of a connection that matter here. */
export interface OutboundTarget {
  readonly host?: string | null | undefined;
  readonly lookup?: LookupFunction | undefined;
}

export interface OutboundGuardOptions {
  /** Hosts, by name or address, that may be reached although they are off limits, or lead to what is. */
  readonly allowed?: readonly string[];
  /** Default: the system's resolver. */
  readonly resolve?: Resolve;
  /** Opens the connection to a destination that was checked. Default: what whoever wants the connection opens it with. */
  readonly open?: (destination: OutboundTarget) => Duplex;
}

/** A destination that this machine must not connect to on behalf of others. */
export class DestinationRefusedError extends Error {
  override readonly name = 'DestinationRefusedError';
  readonly code = 'ERR_DESTINATION_REFUSED';
}

/**
 * Keeps connections that requests ask for (callbacks, media files, streams) away from link-local addresses and metadata
 * services. Names are resolved here, once; what is connected to is what was checked.
 */
export class OutboundGuard {
  readonly #allowed: ReadonlySet<string>;
  readonly #resolve: Resolve;
  readonly #open: OutboundGuardOptions['open'];

  constructor({ allowed = [], resolve = resolveBySystem, open }: OutboundGuardOptions = {}) {
    this.#allowed = new Set(allowed.map(plainHost));
    this.#resolve = resolve;
    this.#open = open;
  }

  /** What is wrong with a URL's host, as far as that can be told without resolving it, in one sentence. */
  problem(hostname: string): string | undefined {
    const host = plainHost(hostname);
    if (this.#allowed.has(host) || !(isIP(host) === 0 ? isOffLimitsName(host) : isOffLimits(host))) return undefined;
    return `${host} is ${whatItIs}`;
  }

  /**
   * Opens a connection, in the manner of `Agent.createConnection`: what it does not return, `done` gets.
   *
   * @param open opens it, with the addresses that were checked
   */
  connect<T extends OutboundTarget>(
    destination: T,
    open: (checked: T) => Duplex | null | undefined,
    done: (error: Error | null, connection?: Duplex) => void,
  ): Duplex | undefined {
    const host = plainHost(destination.host ?? 'localhost');
    const problem = this.problem(host);
    if (problem !== undefined) {
      done(new DestinationRefusedError(problem));
      return undefined;
    }
    const openChecked = this.#open ?? (open as (checked: OutboundTarget) => Duplex);
    if (isIP(host) !== 0 || this.#allowed.has(host)) return openChecked(destination);
    this.#resolve(host, (error, addresses) => {
      const refused = addresses?.find(({ address }) => isOffLimits(address) && !this.#allowed.has(plainHost(address)));
      if (error) done(error);
      else if (refused) done(new DestinationRefusedError(`${host} leads to ${refused.address}, ${whatItIs}`));
      else attempt(done, () => openChecked({ ...destination, lookup: always(addresses) }));
    });
    return undefined;
  }
}

const whatItIs =
  'a link-local address or a metadata service; nothing is sent there unless "allowLinkLocal" in the configuration names it';

function attempt(done: (error: Error | null, connection?: Duplex) => void, open: () => Duplex): void {
  let connection: Duplex;
  try {
    connection = open();
  } catch (error) {
    done(error as Error);
    return;
  }
  done(null, connection);
}

/** As `net.connect` asks for addresses. */
function resolveBySystem(name: string, done: Parameters<Resolve>[1]): void {
  lookup(name, { all: true, hints: ADDRCONFIG }, done);
}

/** A lookup that returns these addresses for any name. */
function always(addresses: readonly LookupAddress[]): LookupFunction {
  return (_name, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}

/** A host as it is compared: addresses in the one way in which the URL parser writes them, without brackets. */
function plainHost(host: string): string {
  const [plain = ''] = host.replace(/^\[|\]$/g, '').split('%');
  const address = isIP(plain) === 6 ? new URL(`http://[${plain}]`).hostname.slice(1, -1) : plain;
  return address.toLowerCase().replace(/\.$/, '');
}
