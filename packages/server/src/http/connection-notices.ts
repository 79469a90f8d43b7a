/** The first byte of a TLS handshake. */
const handshake = 0x16;

/** The error of a connection on which no request arrived. `rawPacket`: the bytes that did arrive. */
type ConnectionError = Error & { readonly code?: string; readonly rawPacket?: unknown };

/**
 * Why clients that were pointed at this server wrongly never get to send a request. They only see that their handshake
 * failed or their connection was reset, and the server has no request that it could explain.
 */
function noticeOf({ code = '', rawPacket }: ConnectionError): string | undefined {
  if (rawPacket instanceof Uint8Array && rawPacket[0] === handshake) {
    return 'A client speaks https to this server, which speaks http. The Azure SDK for Python does so with every connection string: it needs a server that is started with --tls';
  }
  if (code === 'ERR_SSL_HTTP_REQUEST') {
    return 'A client speaks http to this server, which speaks https: give it an address or connection string with https://';
  }
  if (/^ERR_SSL_\w+_ALERT_(?:UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE)$/.test(code)) {
    return "A client does not trust this server's certificate. The lines that `serve --tls` prints make each platform trust it";
  }
  return undefined;
}

/**
 * Tells whoever runs the server of such clients, once of each kind.
 *
 * @returns takes what went wrong with a connection
 */
export function connectionNotices(tell: (notice: string) => void): (error: ConnectionError) => void {
  const told = new Set<string>();
  return (error) => {
    const notice = noticeOf(error);
    if (notice === undefined || told.has(notice)) return;
    told.add(notice);
    tell(notice);
  };
}
