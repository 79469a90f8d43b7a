// What a server costs that does nothing: Fastify reads the same requests and gives the same answers.
import fastify from 'fastify';
import { answerParent, processorTime } from './parent.js';

answerParent({
  /** @param {{ created: string }} answers the body that creating a call is answered with */
  async start({ created }) {
    const app = fastify();
    const answer = JSON.parse(created);
    app.post('/calling/callConnections', (_request, reply) => reply.code(201).send(answer));
    app.post('/calling/callConnections/:id([^:]+)::play', (_request, reply) => reply.code(202).send());
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { port: app.server.address().port };
  },
  processorTime,
});
