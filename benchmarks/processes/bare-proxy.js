// What forwarding costs that verifies nothing: node:http by hand, which takes the whole body in and keeps every byte.
import { Agent, createServer, request as httpRequest } from 'node:http';
import { answerParent, processorTime } from './parent.js';

const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
let upstreamPort;

const proxy = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url: path, rawHeaders: headers } = request;
    const sending = httpRequest({
      port: upstreamPort,
      host: '127.0.0.1',
      method,
      path,
      headers,
      setHost: false,
      agent,
    });
    sending.on('response', (answer) => {
      response.sendDate = false;
      response.writeHead(answer.statusCode, answer.statusMessage, answer.rawHeaders);
      answer.pipe(response);
    });
    sending.end(Buffer.concat(chunks));
  });
});

answerParent({
  processorTime,
  async start({ upstream }) {
    upstreamPort = upstream;
    await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return { port: proxy.address().port };
  },
});
