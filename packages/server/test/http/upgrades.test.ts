import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/server.ts';
import { rawText, sendBytes } from './raw-http.ts';

let server: RunningServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(): Promise<RunningServer> {
  server = await startServer({ port: 0, clock: 'virtual' });
  return server;
}

/** As the HTTP client of Java sends its first request to a server. */
const toHttp2 = ['Upgrade: h2c', 'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA'];

describe('a request that offers another protocol than WebSocket', () => {
  test('is answered as if it did not, with its target, headers and body as they were sent', async () => {
    const { url, control } = await start();
    const body = '{ "ü":  1 }\n';
    const headers = ['Connection: Upgrade, HTTP2-Settings, close', 'X-Twice: one', 'x-twice: two', 'X-Utf8: grün'];
    const text = [
      'POST /calling/v1/callouts?a=%7E/../x HTTP/1.1',
      'HOST: localhost',
      ...toHttp2,
      ...headers,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
    expect((await sendBytes(url, text)).status).toBe(401);
    const [exchange] = control.exchanges();
    expect(exchange?.request.target).toBe('/calling/v1/callouts?a=%7E/../x');
    expect(exchange?.request.headers.map(([name, value]) => `${name}: ${value}`)).toEqual(
      text.split('\r\n').slice(1, -2),
    );
    expect(Buffer.from((exchange?.request.body ?? '') as Uint8Array).toString('utf8')).toBe(body);
  });

  test('is followed by others on the same connection, and its body may come in pieces', async () => {
    const { url } = await start();
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.on('data', (chunk) => (received += String(chunk)));
    const head = (length: number): string =>
      ['PUT /_control/phones/1 HTTP/1.1', 'Host: localhost', 'Connection: Upgrade', ...toHttp2]
        .concat('Content-Type: application/json', `Content-Length: ${length}`, '', '')
        .join('\r\n');
    socket.write(`${head(17)}{"pickUp":`);
    await once(socket, 'connect');
    socket.write('"busy"}');
    await expect.poll(() => received).toContain('"pickUp":"busy"');
    received = '';
    socket.write(`${head(20)}{"pickUp":"decline"}`);
    await expect.poll(() => received).toContain('"pickUp":"decline"');
    const closed = once(socket, 'close');
    await server?.close();
    await closed;
  });

  test('is refused as a whole where it is no HTTP', async () => {
    const { url } = await start();
    const { status } = await sendBytes(
      url,
      `${rawText('POST /calling/v1/callouts HTTP/1.1', ['Upgrade: h2c', 'Transfer-Encoding: chunked'])}nonsense\r\n`,
    );
    expect(status).toBe(400);
  });
});

describe('a request for a WebSocket', () => {
  const handshake = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];

  test.each(['/', '/calling/callConnections', '/_control/state', '/_control/phones/1'])(
    'is answered at %s as if it asked for none',
    async (path) => {
      const { url } = await start();
      const plain = await sendBytes(url, rawText(`GET ${path} HTTP/1.1`));
      const asking = await sendBytes(
        url,
        rawText(`GET ${path} HTTP/1.1`, handshake).replace('close', 'Upgrade, close'),
      );
      expect(asking.status).toBe(plain.status);
      expect(asking.status).not.toBe(101);
    },
  );

  test('without a key is refused, and the server goes on', async () => {
    const { url, control } = await start();
    await control.phone('+14255550123').dial('+12065550150');
    await control.advance('1s');
    const path = '/_control/phones/+14255550123/microphone';
    expect(
      (await sendBytes(url, rawText(`GET ${path} HTTP/1.1`, ['Upgrade: websocket']).replace('close', 'Upgrade')))
        .status,
    ).not.toBe(101);
    expect((await fetch(`${url}/_control/healthz`)).status).toBe(200);
  });
});
