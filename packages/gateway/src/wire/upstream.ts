/** Where requests go. */
export interface Upstream {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
}

/**
 * Reads where a route's requests go.
 *
 * @throws TypeError when it is anything but scheme, host and port
 */
export function readUpstream(text: string): Upstream {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.pathname !== '/' || url.search || url.hash)
    throw new TypeError(
      'the upstream is scheme, host and port, such as http://127.0.0.1:3000: requests bring their paths',
    );
  const secure = url.protocol === 'https:';
  return { secure, host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || (secure ? 443 : 80)) };
}
