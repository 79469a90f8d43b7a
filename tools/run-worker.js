// Why: the example for Cloudflare Workers promises to run there as it stands. Deliveries are made with `node:crypto` alone.
import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { runtimes } from './runtimes.js';

const example = fileURLToPath(new URL('../examples/receiving/workers.js', import.meta.url));
const publicUrl = 'https://hooks.example.com/base';
const body = '{ "event": "sms.delivered", "text": "€" }';

/** Serves the example in workerd, delivers webhooks to it over HTTP, and tells which were not answered as they should be. */
export async function receiveInWorkerd() {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-worker-'));
  await build({
    entryPoints: [example],
    outfile: join(folder, 'worker.js'),
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'error',
  });
  await writeFile(
    join(folder, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
     const config :Workerd.Config = (
       services = [(name = "main", worker = (
         modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "2025-01-01",
         bindings = [(name = "PUBLIC_URL", text = "${publicUrl}"), (name = "WEBHOOK_SECRETS", text = "new,old")]))],
       sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);`,
  );
  const [command, ...argv] = runtimes.workerd;
  const server = spawn(command, [...argv, 'serve', join(folder, 'config.capnp'), '--control-fd=1'], { detached: true });
  try {
    return await delivered(await portOf(server));
  } finally {
    // The package's command starts the server as a process of its own.
    process.kill(-server.pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

async function portOf({ stdout, stderr }) {
  let said = '';
  stderr.on('data', (chunk) => (said += chunk));
  for await (const line of createInterface({ input: stdout })) {
    const { event, port } = JSON.parse(line);
    if (event === 'listen') return port;
  }
  throw new Error(`workerd served nothing: ${said}`);
}

/** A webhook of the example's scheme, signed for the public URL. */
function headersOf(key, path = '/webhooks') {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signed = Buffer.concat([
    Buffer.from(`${timestamp}\n${publicUrl}${path}\n`),
    createHash('sha256').update(body).digest(),
  ]);
  return {
    'content-type': 'application/json',
    'messagebird-request-timestamp': timestamp,
    'messagebird-signature': createHmac('sha256', key).update(signed).digest('base64'),
  };
}

async function delivered(port) {
  const taken = { status: 200, text: '{"received":"sms.delivered"}' };
  const refused = { status: 401, text: '{"error":"unauthorized"}' };
  const lie = { 'x-forwarded-host': 'hooks.example.com', 'x-forwarded-prefix': '/elsewhere' };
  const deliveries = [
    ['under the new secret', headersOf('new'), body, taken],
    ['under the old secret', headersOf('old'), body, taken],
    ['under another secret', headersOf('forged'), body, refused],
    ['changed on its way', headersOf('new'), body.replace('sms', 'SMS'), refused],
    ['not signed', { 'content-type': 'application/json' }, body, refused],
    ['for another path', { ...headersOf('new', '/elsewhere'), ...lie }, body, refused],
  ];
  const failures = [];
  for (const [what, headers, sent, expected] of deliveries) {
    const response = await fetch(`http://127.0.0.1:${port}/webhooks`, { method: 'POST', headers, body: sent });
    const [status, text] = [response.status, await response.text()];
    if (status !== expected.status || text !== expected.text)
      failures.push(`${what}: ${status} ${text}; expected ${expected.status} ${expected.text}`);
  }
  return { checks: deliveries.length, failures };
}
