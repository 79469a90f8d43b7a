// The load: signs requests in advance, then sends them over connections that are kept alive.
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { answerParent } from './parent.js';
import { sendInTurn } from './send-in-turn.js';

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
