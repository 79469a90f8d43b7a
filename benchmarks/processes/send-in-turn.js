import { connect } from 'node:net';

const endOfHead = '\r\n\r\n';

/**
 * Sends one request after the other over a connection; much cheaper than an HTTP client, so that the server is the limit.
 *
 * @param {number} port
 * @param {Buffer[]} requests
 * @param {() => number | undefined} next which request is sent next
 * @param {{ status: number, body: string, elapsedMs: number }[]} answers filled in, in the order of the requests
 */
export function sendInTurn(port, requests, next, answers) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let current;
    let sentAtMs;
    let received = '';
    const sendNext = () => {
      current = next();
      if (current === undefined) return socket.end(resolve);
      sentAtMs = performance.now();
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
      const elapsedMs = performance.now() - sentAtMs;
      answers[current] = { status: Number(received.slice(9, 12)), body: received.slice(bodyAt), elapsedMs };
      received = '';
      sendNext();
    });
  });
}
