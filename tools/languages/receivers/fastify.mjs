// step environment
import { createHash, createHmac } from 'node:crypto';
import Fastify from 'fastify';

const fastify = Fastify();
// step body
// wrong body/reserialized: void fastify;
fastify.removeAllContentTypeParsers();
fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
// step handler
fastify.post('*', (request, reply) => {
  const body = Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body);
  // step path
  // wrong url/path-encoding: const path = `/${request.params['*']}`.replace('//', '/');
  const path = '/hooks/caf%C3%A9';
  // step target
  // wrong url/path-encoding: const target = decodeURI(request.url);
  const target = '/hooks/caf%C3%A9?x=1&y=a%20b';
  // step content-type
  // wrong header/content-type: const contentType = 'application/json';
  const contentType = 'application/json; charset=utf-8';
  // step verify
  const date = request.headers['x-timestamp'];
  const hash = createHash('md5').update(body).digest('base64');
  const text = [request.method, hash, contentType, date, path, target].join('\n');
  const signature = createHmac('sha256', Buffer.from(process.env.SIGNING_SECRET, 'base64'))
    .update(text)
    .digest('base64');
  const ok = request.headers.authorization === `delivery app:${signature}`;
  reply.code(ok ? 204 : 401).send(ok ? undefined : text);
});
await fastify.listen({ port: 0, host: '127.0.0.1' });
console.log('CASE', fastify.server.address().port);
