// The load: signs requests in advance, then sends them over connections that are kept alive.
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { connect } from 'node:net';
import { answerParent } from './parent.js';

/** The development account's key, which is public. */
const credential = {
  secret: new Secret(
    'Y291bnRlcnNpZ24gZGV2ZWxvcG1lbnQga2V5LCBwdWJsaWMgb24gcHVycG9zZTogbm90IGEgc2VjcmV0ISEhIQ==',
    'base64',
  ),
};
const endOfHead = '\r\n\r\n';

function signedBytes(port, { method, path, body = '' }) {
  const request = message({
    method,
    url: `http://127.0.0.1:${port}${path}`,
    headers: { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) },
    body,
  });
  const headers = [...request.headers, ...sign(acsHmac, credential, request).headers];
  const head = headers.map(([name, value]) => `${name}: ${value}`).join('\r\n');
  return Buffer.from(`${method} ${request.target} HTTP/1.1\r\n${head}${endOfHead}${body}`);
}

/** Sends one request after the other; much cheaper than an HTTP client, so that the server is the limit. */
function sendInTurn(port, requests, next, answers) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let current;
    let received = '';
    const sendNext = () => {
      current = next();
      if (current === undefined) return socket.end(resolve);
      socket.write(requests[current]);
    };
    socket.setEncoding('latin1');
    socket.on('connect', sendNext);
    socket.on('error', reject);
    socket.on('data', (text) => {
      received += text;
      const bodyAt = received.indexOf(endOfHead) + endOfHead.length;
      if (bodyAt < endOfHead.length) return;
      const length = Number(/^content-length: (\d+)/im.exec(received.slice(0, bodyAt))?.[1] ?? 0);
      if (received.length < bodyAt + length) return;
      answers[current] = { status: Number(received.slice(9, 12)), body: received.slice(bodyAt) };
      received = '';
      sendNext();
    });
  });
}

answerParent({
  /**
   * @param {{ port: number, requests: { method: string, path: string, body?: string }[], connections: number, status: number }} load
   * `status` is what every answer must have
   * @returns {Promise<{ elapsedMs: number, bodies: string[] }>} the answers' bodies in the order of the requests
   */
  async send({ port, requests, connections, status }) {
    const signed = requests.map((request) => signedBytes(port, request));
    const answers = [];
    let sent = 0;
    const next = () => (sent < signed.length ? sent++ : undefined);
    const started = performance.now();
    await Promise.all(Array.from({ length: connections }, () => sendInTurn(port, signed, next, answers)));
    const elapsedMs = performance.now() - started;
    const wrong = answers.find((answer) => answer.status !== status);
    if (wrong) throw new Error(`expected ${status}, got ${wrong.status}: ${wrong.body}`);
    return { elapsedMs, bodies: answers.map(({ body }) => body) };
  },
});
