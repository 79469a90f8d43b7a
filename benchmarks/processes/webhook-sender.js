// The load on a guard: signed webhooks of 1 kB, each another one, over connections that are kept alive.
import { createHmac, randomUUID } from 'node:crypto';
import { answerParent } from './parent.js';
import { sendInTurn } from './send-in-turn.js';

const body = JSON.stringify({ event: 'message', text: 'x'.repeat(994) });

function signedWebhook(secret) {
  const [nonce, time] = [randomUUID(), Math.floor(Date.now() / 1000)];
  const signature = createHmac('sha256', secret).update(`${body}.${nonce}.${time}`).digest('base64');
  const lines = [
    'POST /hooks/messages HTTP/1.1',
    'Host: app.example.com',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'User-Agent: webhooks/1.0',
    'x-sinch-webhook-signature-algorithm: HmacSHA256',
    `x-sinch-webhook-signature: ${signature}`,
    `x-sinch-webhook-signature-nonce: ${nonce}`,
    `x-sinch-webhook-signature-timestamp: ${time}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

answerParent({
  /**
   * @param {{ port: number, count: number, connections: number, secret: string }} load
   * @returns {Promise<{ elapsedMs: number, latenciesMs: number[] }>}
   */
  async send({ port, count, connections, secret }) {
    const requests = Array.from({ length: count }, () => signedWebhook(secret));
    const answers = [];
    let sent = 0;
    const next = () => (sent < count ? sent++ : undefined);
    const started = performance.now();
    await Promise.all(Array.from({ length: connections }, () => sendInTurn(port, requests, next, answers)));
    const elapsedMs = performance.now() - started;
    const wrong = answers.find(({ status }) => status !== 200);
    if (wrong) throw new Error(`expected 200, got ${wrong.status}`);
    return { elapsedMs, latenciesMs: answers.map((answer) => answer.elapsedMs) };
  },
});
