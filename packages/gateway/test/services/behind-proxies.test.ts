import { createHash, createHmac } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { Secret } from '@countersign/core/secret';
import { freePort } from '../../../../tools/free-port.ts';
import { startGuard, type RunningGuard } from '../../src/guard/guard.ts';
import { answerWith, exchange, ok, rawServer, requestText, type RawServer } from '../guard/raw-server.ts';
import { statusOf } from '../guard/started.ts';
import { startService, temporaryFolder, type Service } from './service.ts';

// The configurations of docs/production.md, with ports of this machine in place of theirs.

const page = await readFile(fileURLToPath(new URL('../../../../docs/production.md', import.meta.url)), 'utf8');
const configuration = (program: string, prefix: string): string => {
  const block = new RegExp(`<!-- ${program}: ${prefix} -->\n+\`\`\`\\w+\n([^]*?)\`\`\``).exec(page)?.[1];
  if (block === undefined) throw new Error(`docs/production.md has no configuration of ${program}, ${prefix}`);
  return block;
};

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => void (place = await temporaryFolder()));
afterAll(() => place.remove());

/** Else nginx gives its rights away, and can write into no folder of ours. */
const isRoot = process.getuid?.() === 0;

/** How each program is started with a configuration of the page, at a port. */
const programs: Readonly<Record<string, (text: string, port: number, guardPort: number) => Promise<Service>>> = {
  async nginx(text, port, guardPort) {
    const folder = join(place.folder, `nginx-${port}`);
    await mkdir(folder);
    const own = text
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${guardPort}`);
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    const file = join(folder, 'nginx.conf');
    await writeFile(
      file,
      `${isRoot ? 'user root;' : ''} daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; ${paths.join(' ')}\n${own} }`,
    );
    return startService('nginx', ['-p', folder, '-e', 'stderr', '-c', file], port);
  },
  async caddy(text, port, guardPort) {
    const file = join(place.folder, `Caddyfile-${port}`);
    const own = text
      .replace('app.example.com {', `http://app.example.com:${port} {`)
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${guardPort}`);
    await writeFile(file, `{\n  admin off\n  auto_https off\n}\n${own}`);
    return startService('caddy', ['run', '--adapter', 'caddyfile', '--config', file], port);
  },
  async haproxy(text, port, guardPort) {
    const file = join(place.folder, `haproxy-${port}.cfg`);
    const own = text
      .replace('bind :80', `bind 127.0.0.1:${port}`)
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${guardPort}`);
    await writeFile(file, own);
    return startService('haproxy', ['-db', '-f', file], port);
  },
};

const key = Buffer.from('a key for these tests only');

/** Azure's page on access keys: method, target, then date, host and the body's hash; signed by node:crypto. */
function signed(target: string, body: string, signedTarget = target): string {
  const bytes = Buffer.from(body);
  const hash = createHash('sha256').update(bytes).digest('base64');
  const date = new Date().toUTCString();
  const host = 'app.example.com';
  const text = `POST\n${signedTarget}\n${date};${host};${hash}`;
  const signature = createHmac('sha256', key).update(text).digest('base64');
  return requestText(
    `POST ${target}`,
    [
      ['Host', host],
      ['Content-Type', 'application/json'],
      ['Content-Length', String(bytes.length)],
      ['x-ms-date', date],
      ['x-ms-content-sha256', hash],
      ['Authorization', `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`],
      // Forwarded headers of a sender are no way to another host.
      ['X-Forwarded-Host', 'evil.example.com'],
    ],
    bytes.toString('latin1'),
  );
}

let app: RawServer;
let guard: RunningGuard;
let proxy: Service;
afterEach(async () => {
  await proxy.stop('SIGKILL');
  await guard.close();
  await app.close();
});

async function start(program: string, prefix: 'kept' | 'cut'): Promise<(text: string) => Promise<number>> {
  app = await rawServer(answerWith(ok));
  const publicUrl = prefix === 'cut' ? 'https://app.example.com/hooks' : undefined;
  const credentials = { secret: new Secret(key.toString('base64'), 'base64') };
  guard = await startGuard({
    routes: [{ scheme: acsHmac, credentials, upstream: app.url, publicUrl }],
    listen: { port: 0 },
    limits: { drainSeconds: 0 },
  });
  const port = await freePort();
  const run = programs[program];
  if (!run) throw new Error(program);
  proxy = await run(configuration(program, prefix), port, Number(new URL(guard.url).port));
  return async (text) => statusOf(await exchange(`http://127.0.0.1:${port}`, text));
}

/** The targets that reached the application, in the order in which they came. */
const targets = (): string[] => app.received.flatMap((text) => text.match(/(?<=POST )\S+(?= HTTP)/g) ?? []);

describe.each(['nginx', 'caddy', 'haproxy'])('behind %s, configured as the documentation says', (program) => {
  const body = '{"amount": 12.50,\r\n "name":"é"}';

  it('a signature over host, path and query passes, and one over something else does not', async () => {
    const send = await start(program, 'kept');
    expect(await send(signed('/hooks/voice?x=1&y=%7E+%20', body))).toBe(200);
    expect(await send(signed('/hooks/%7Euser/a%2Fb?z', body))).toBe(200);
    expect(await send(signed('/hooks/voice', body, '/hooks/other'))).toBe(401);
    expect(await send(signed('/hooks/voice', body).replace('12.50', '12.51'))).toBe(401);
    expect(
      await send(
        requestText('POST /hooks/voice', [
          ['Host', 'app.example.com'],
          ['Content-Length', '0'],
        ]),
      ),
    ).toBe(401);
    expect(targets()).toEqual(['/hooks/voice?x=1&y=%7E+%20', '/hooks/%7Euser/a%2Fb?z']);
    expect(app.received.join('')).toContain(Buffer.from(body).toString('latin1'));
  });

  it('that cuts the prefix off, the signature over the whole path passes, and no other', async () => {
    const send = await start(program, 'cut');
    expect(await send(signed('/hooks/voice?x=1&y=%7E', body))).toBe(200);
    expect(await send(signed('/hooks/voice', body, '/voice'))).toBe(401);
    expect(await send(signed('/hooks/voice', body, '/hooks/hooks/voice'))).toBe(401);
    expect(targets()).toEqual(['/voice?x=1&y=%7E']);
  });

  it('a chunked body passes, and a body of some length', async () => {
    const send = await start(program, 'kept');
    const long = 'x'.repeat(600_000);
    expect(await send(signed('/hooks/long', long))).toBe(200);
    const chunked = signed('/hooks/chunked', long)
      .replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked')
      .replace(long, `${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`);
    expect(await send(chunked)).toBe(200);
  });
});

describe('nginx that cuts the prefix off', () => {
  it('writes the rest anew, as the documentation says: such a target is refused, and not taken for another', async () => {
    const send = await start('nginx', 'cut');
    expect(await send(signed('/hooks/%7Euser', '{}'))).toBe(401);
    expect(await send(signed('/hooks//user', '{}'))).toBe(401);
  });
});
