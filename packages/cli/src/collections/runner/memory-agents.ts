import http from 'node:http';
import https from 'node:https';
import { duplexPair, type Duplex } from 'node:stream';

/** A request that arrived at the end of a connection that is none. */
export interface ArrivedRequest {
  /** Scheme, host and port of the connection, as in a URL. */
  readonly origin: string;
  readonly method: string;
  readonly target: string;
  /** Byte texts: a character for each byte. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** What is answered. */
export interface MemoryAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

interface MemoryEnd extends NodeJS.ReadWriteStream {
  origin?: string;
}

const defaultPorts = { http: 80, https: 443 } as const;

/**
 * Agents whose connections lead to an HTTP server in this process that listens nowhere: what is written to them is what would
 * have been sent. No name is resolved and no socket opened; nothing is encrypted, since TLS changes no byte of a request.
 */
export function memoryAgents(
  bodyBytes: number,
  arrived: (request: ArrivedRequest) => MemoryAnswer,
): { readonly http: http.Agent; readonly https: https.Agent } {
  const server = http.createServer({ joinDuplicateHeaders: false, maxHeaderSize: 1_000_000 }, (request, response) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > bodyBytes) request.destroy(new Error(`its body has more than ${bodyBytes} bytes`));
      else chunks.push(chunk);
    });
    request.on('error', () => {});
    request.on('end', () => {
      const { method = '', url: target = '', rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, at): [string, string][] =>
        at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
      );
      const { origin = '' } = request.socket as unknown as MemoryEnd;
      const answer = arrived({ origin, method, target, headers, body: Buffer.concat(chunks) });
      response.writeHead(answer.status, [...answer.headers, ['connection', 'close']].flat());
      response.end(answer.body);
    });
  });
  // A header that no server would take is reported as the request's own fault, and ends its connection.
  server.on('clientError', (error, socket) => socket.destroy(error));

  const connect = (
    scheme: 'http' | 'https',
    { host, port }: { host?: string | null; port?: number | string | null },
  ) => {
    const [client, remote] = duplexPair();
    for (const name of ['setTimeout', 'setNoDelay', 'setKeepAlive', 'ref', 'unref'])
      Object.assign(client, { [name]: () => client });
    const where = Number(port) === defaultPorts[scheme] || port === undefined || port === null ? '' : `:${port}`;
    (remote as MemoryEnd).origin = `${scheme}://${host?.includes(':') ? `[${host}]` : host}${where}`;
    server.emit('connection', remote);
    return client;
  };
  class HttpAgent extends http.Agent {
    override createConnection(options: { host?: string | null; port?: number | string | null }): Duplex {
      return connect('http', options);
    }
  }
  class HttpsAgent extends https.Agent {
    override createConnection(options: { host?: string | null; port?: number | string | null }): Duplex {
      return connect('https', options);
    }
  }
  return { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };
}
