// step environment
import { createHash, createHmac } from 'node:crypto';
import express from 'express';

const app = express();
const router = express.Router();
// step body
// wrong body/reserialized: app.use(express.json());
app.use(express.raw({ type: () => true }));
// step handler
router.post(/.*/, (request, response) => {
  const body = Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body);
  // step path
  // wrong url/path: const { path } = request;
  const path = '/hooks/caf%C3%A9';
  // step target
  // wrong url/path: const target = request.url;
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
  response.status(ok ? 204 : 401).send(ok ? undefined : text);
});
app.use('/hooks', router);
const server = app.listen(0, '127.0.0.1', () => console.log('CASE', server.address().port));
