import { InvalidArgumentError } from 'commander';

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `[HOST:]PORT`; without a host, this machine alone. Port 0 stands for any that is free. */
export function listenArgument(text: string): ListenAddress {
  const [, host = '127.0.0.1', port = ''] = /^(?:(\[[0-9a-f:.]+\]|[^\s:[\]/]+):)?(\d{1,5})$/i.exec(text) ?? [];
  if (port === '' || Number(port) > 65_535) {
    throw new InvalidArgumentError(
      'Where to listen is a port, or a host and a port: 8080, 127.0.0.1:8080, [::1]:8080.',
    );
  }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
