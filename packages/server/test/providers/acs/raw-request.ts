import { connect } from 'node:net';
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { developmentAccount } from '@countersign/core/development-account';

/** An answer as it came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends bytes to a server and reads its answer. Nothing is added and nothing normalized, `Connection` included; the
 * request must ask for the connection to be closed, or the answer's length is counted.
 */
export async function sendRaw(url: string, bytes: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = readAnswer(received);
      if (!answer) return;
      socket.destroy();
      resolve(answer);
    });
    socket.on('error', reject);
    socket.on('end', () => reject(new Error(`no whole answer: ${received.toString()}`)));
  });
}

function readAnswer(bytes: Buffer): RawAnswer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.subarray(0, headEnd).toString().split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = bytes.subarray(headEnd + 4);
  const status = Number(statusLine.split(' ')[1]);
  if (body.length < Number(headers['content-length'] ?? 0)) return undefined;
  return { status, headers, body: body.toString() };
}

export interface SignedRequest {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: readonly (readonly [string, string])[];
  readonly key?: string;
  readonly date?: Date;
}

/** A request signed by this project's own signer, sent with fetch. */
export async function sendSigned(url: string, request: SignedRequest): Promise<Response> {
  const text =
    request.body === undefined ? '' : typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
  const method = request.method ?? (text === '' ? 'GET' : 'POST');
  const unsigned = message({
    method,
    url: `${url}${request.path}`,
    headers: [...(text === '' ? [] : [['Content-Type', 'application/json'] as const]), ...(request.headers ?? [])],
    body: text,
  });
  const secret = new Secret(request.key ?? developmentAccount.acs.accessKey, 'base64');
  const { headers } = sign(acsHmac, { secret }, unsigned, request.date ? { date: request.date } : {});
  return fetch(`${url}${request.path}`, {
    method,
    headers: Object.fromEntries([...unsigned.headers, ...headers].filter(([name]) => name.toLowerCase() !== 'host')),
    ...(text !== '' && { body: text }),
  });
}
