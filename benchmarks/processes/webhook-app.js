// The application behind a proxy: it reads a webhook and says that it did.
import { createServer } from 'node:http';
import { answerParent } from './parent.js';

const app = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-length': 2 }).end('ok'));
});
app.keepAliveTimeout = 60_000;

answerParent({
  async start() {
    await new Promise((resolve) => app.listen(0, '127.0.0.1', resolve));
    return { port: app.address().port };
  },
});
