import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { clientOf } from '../../../../tools/client-of.ts';
import { endTogether } from '../../src/wire/end-together.ts';

test('the answers of requests that come in one turn of the event loop leave when all of them are handled', async () => {
  const log: string[] = [];
  const server = createServer((request, response) => {
    log.push(`${request.url} is handled`);
    response.on('prefinish', () => log.push(`${request.url} is answered`));
    response.writeHead(200, { 'content-length': '2' });
    endTogether(response, Buffer.from('ok'));
  });
  const clients = [clientOf(server), clientOf(server)];
  for (const [index, client] of clients.entries()) client.send(`GET /${index} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  for (const { answer } of clients) expect(await answer).toMatch(/ok$/);
  expect(log).toEqual(['/0 is handled', '/1 is handled', '/0 is answered', '/1 is answered']);
});
