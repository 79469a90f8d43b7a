import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { endTogether } from '../../src/wire/end-together.ts';

test('the answers of requests that come in one turn of the event loop leave when all of them are handled', async () => {
  const log: string[] = [];
  const server = createServer((request, response) => {
    log.push(`${request.url} is handled`);
    response.on('prefinish', () => log.push(`${request.url} is answered`));
    response.writeHead(200, { 'content-length': '2' });
    endTogether(response, Buffer.from('ok'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clients = [1, 2].map(() => connect(port, '127.0.0.1'));
  await Promise.all(clients.map((client) => once(client, 'connect')));
  // In the second round both connections have been accepted for sure.
  for (const round of ['first', 'second']) {
    log.length = 0;
    const answered = clients.map((client) => once(client, 'data'));
    for (const [index, client] of clients.entries())
      client.write(`GET /${round}/${index} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    const answers = await Promise.all(answered);
    expect(answers.map(([bytes]) => String(bytes).slice(-2))).toEqual(['ok', 'ok']);
  }
  for (const client of clients) client.destroy();
  server.close();
  expect(log).toEqual([
    '/second/0 is handled',
    '/second/1 is handled',
    '/second/0 is answered',
    '/second/1 is answered',
  ]);
});
