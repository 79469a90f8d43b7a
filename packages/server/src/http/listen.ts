import { isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import type { FastifyInstance } from 'fastify';

/** The server cannot listen where it was asked to. */
class ListenError extends Error {
  override readonly name = 'ListenError';
  /** As the operating system has it: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const reasons: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) => `port ${port} on ${host} is in use; choose another one, or 0 for any that is free`,
  EACCES: (_host, port) => `port ${port} needs more rights than this process has; choose one above 1023`,
  EADDRNOTAVAIL: (host) => `${host} is not an address of this machine`,
  ENOTFOUND: (host) => `${host} is not an address, nor a name that resolves to one`,
};

/**
 * Starts to listen.
 *
 * @returns the port in use
 * @throws ListenError
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new ListenError(code, reasons[code]?.(host, port) ?? message);
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/**
 * A host to bind in the one way in which the URL parser writes it: `127.1`, `LOCALHOST` and `0:0:0:0:0:0:0:1` are loopback,
 * and `0` is all addresses. What it cannot read stays as it is, for the system to refuse.
 */
export function plainHost(host: string): string {
  const url = `http://${isIP(host) === 6 ? `[${host}]` : host}/`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : host;
}

/**
 * The URL that people use for a server bound to `host`: `localhost` where that leads there, as it does to wildcard
 * addresses.
 */
export function serverUrl(scheme: 'http' | 'https', host: string, port: number): string {
  const name = knownAsLocalhost.has(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${scheme}://${name}:${port}`;
}

/**
 * The URLs under which other machines reach a server that is bound to `host`: one for each address of this machine when
 * it is bound to all of them. Link-local addresses of IPv6 are left out, because URLs cannot say on which link they are.
 *
 * @param interfaces as `os.networkInterfaces` gives them
 */
export function networkUrls(
  scheme: 'http' | 'https',
  host: string,
  port: number,
  interfaces: Readonly<Record<string, readonly Pick<NetworkInterfaceInfo, 'address' | 'internal'>[] | undefined>>,
): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [serverUrl(scheme, host, port)];
  return Object.values(interfaces)
    .flatMap((addresses = []) => addresses)
    .filter(
      ({ address, internal }) => !internal && !/^fe[89ab]/i.test(address) && (host === '::' || isIP(address) === 4),
    )
    .map(({ address }) => serverUrl(scheme, address, port));
}

const knownAsLocalhost: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);

/** Whether only this machine reaches a server bound to a `plainHost`. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host === '::1' || /^(?:127(?:\.\d{1,3}){3}|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})$/.test(host)
  );
}
