import { isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import type { FastifyInstance } from 'fastify';

/** The server cannot listen where it was asked to. */
export class ListenError extends Error {
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

/** The URL that people use for a server bound to `host`: loopback and wildcard addresses are `localhost`. */
export function serverUrl(scheme: 'http' | 'https', host: string, port: number): string {
  const isLocal = isLoopback(host) || host === '0.0.0.0' || host === '::';
  const name = isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host;
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

/** Whether only this machine reaches a server bound to `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
