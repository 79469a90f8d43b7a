// step environment
import { createHash, createHmac } from 'node:crypto';
import { serve } from '@hono/node-server';

/** A route handler is a function of a web Request, which Next.js calls; here a server that speaks web requests does. */
async function POST(request) {
  // step body
  // wrong body/reserialized: const body = JSON.stringify(await request.json());
  const body = await request.text();
  // step path
  // wrong url/path-encoding: const path = decodeURI(new URL(request.url).pathname);
  const path = '/hooks/caf%C3%A9';
  // step target
  // wrong url/path-encoding: const target = decodeURI(request.url.replace(/^http:..[^/]*/, ''));
  const target = '/hooks/caf%C3%A9?x=1&y=a%20b';
  // step content-type
  // wrong header/content-type: const contentType = 'application/json';
  const contentType = 'application/json; charset=utf-8';
  // step verify
  const date = request.headers.get('x-timestamp');
  const hash = createHash('md5').update(body).digest('base64');
  const text = [request.method, hash, contentType, date, path, target].join('\n');
  const signature = createHmac('sha256', Buffer.from(process.env.SIGNING_SECRET, 'base64'))
    .update(text)
    .digest('base64');
  const ok = request.headers.get('authorization') === `delivery app:${signature}`;
  return ok ? new Response(null, { status: 204 }) : new Response(text, { status: 401 });
}
serve({ fetch: POST, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log('CASE', port));
