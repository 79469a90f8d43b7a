// step environment
import { createHash, createHmac } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono();
app.post('*', async (context) => {
  // step body
  // wrong body/reserialized: const body = JSON.stringify(await context.req.json());
  const body = await context.req.text();
  // step path
  // wrong url/path-encoding: const path = decodeURI(context.req.path);
  const path = '/hooks/caf%C3%A9';
  // step target
  // wrong url/path-encoding: const target = decodeURI(context.req.url.replace(/^http:..[^/]*/, ''));
  const target = '/hooks/caf%C3%A9?x=1&y=a%20b';
  // step content-type
  // wrong header/content-type: const contentType = 'application/json';
  const contentType = 'application/json; charset=utf-8';
  // step verify
  const date = context.req.header('x-timestamp');
  const hash = createHash('md5').update(body).digest('base64');
  const text = [context.req.method, hash, contentType, date, path, target].join('\n');
  const signature = createHmac('sha256', Buffer.from(process.env.SIGNING_SECRET, 'base64'))
    .update(text)
    .digest('base64');
  const ok = context.req.header('authorization') === `delivery app:${signature}`;
  return ok ? context.body(null, 204) : context.text(text, 401);
});
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log('CASE', port));
