// The least that a Fastify server is: it says when it listens.
import fastify from 'fastify';

const app = fastify();
app.get('/', () => 'ready');
await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`listening on ${app.server.address().port}`);
