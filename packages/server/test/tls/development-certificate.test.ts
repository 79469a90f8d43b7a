import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, copyFile, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, onTestFinished } from 'vitest';
import { type RunningServer, startServer } from '../../src/server.ts';
import { developmentCertificate } from '../../src/tls/development-certificate.ts';
import { trustLines } from '../../src/tls/trust-lines.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'countersign-tls-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}
const now = new Date('2026-03-01T12:00:00Z');
const yearMs = 365 * 24 * 60 * 60 * 1000;

describe('the development certificate', () => {
  test('is signed by its own authority, for localhost and the loopback addresses', async () => {
    const { cert, authorityFile } = await developmentCertificate(await folder(), ['dev.example.com'], now);
    const server = new X509Certificate(cert);
    const authority = new X509Certificate(await readFile(authorityFile));
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIssued(authority)).toBe(true);
    expect([server.ca, authority.ca]).toEqual([false, true]);
    expect(['localhost', 'dev.example.com', 'example.com'].map((host) => server.checkHost(host))).toEqual([
      'localhost',
      'dev.example.com',
      undefined,
    ]);
    expect(['127.0.0.1', '::1', '10.0.0.1'].map((ip) => server.checkIP(ip))).toEqual(['127.0.0.1', '::1', undefined]);
    expect(Date.parse(server.validFrom)).toBeLessThan(now.getTime());
    expect(Date.parse(server.validTo) - now.getTime()).toBeGreaterThan(yearMs);
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  test('is kept: the next start uses the same one, and only its owner can read the key', async () => {
    const state = await folder();
    const first = await developmentCertificate(state, [], now);
    expect(await developmentCertificate(state, [], now)).toEqual(first);
    expect((await stat(join(state, 'localhost-key.pem'))).mode & 0o077).toBe(0);
  });

  test('is one and the same for all who make it at once', async () => {
    const state = await folder();
    const made = await Promise.all(Array.from({ length: 8 }, () => developmentCertificate(state, [], now)));
    for (const { cert, key, authorityFile } of made) {
      expect({ cert, key }).toEqual({ cert: made[0]?.cert, key: made[0]?.key });
      const server = new X509Certificate(cert);
      expect(server.checkPrivateKey(createPrivateKey(key))).toBe(true);
      expect(server.verify(new X509Certificate(await readFile(authorityFile)).publicKey)).toBe(true);
    }
    expect((await readdir(state)).toSorted()).toEqual([
      'localhost-authority.pem',
      'localhost-certificate.pem',
      'localhost-key.pem',
    ]);
  });

  test('is one and the same for processes that make it at once', async () => {
    const state = join(await folder(), 'state');
    const module = new URL('../../dist/tls/development-certificate.js', import.meta.url).href;
    const program = `import { developmentCertificate } from '${module}';
      console.log(JSON.stringify(await developmentCertificate(process.argv[1], [], new Date('${now.toISOString()}'))));`;
    const argv = ['--input-type=module', '-e', program, state];
    const said = await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, argv)));
    expect(new Set(said.map(({ stdout }) => stdout)).size).toBe(1);
    expect(await developmentCertificate(state, [], now)).toEqual(JSON.parse(said[0]?.stdout ?? ''));
  });

  test.each(['localhost-authority.pem', 'localhost-certificate.pem', 'localhost-key.pem'])(
    'is made again when %s is of another one',
    async (name) => {
      const [state, another] = [await folder(), await folder()];
      await developmentCertificate(state, [], now);
      await developmentCertificate(another, [], now);
      await copyFile(join(another, name), join(state, name));
      const { cert, key, authorityFile } = await developmentCertificate(state, [], now);
      const server = new X509Certificate(cert);
      expect(server.checkPrivateKey(createPrivateKey(key))).toBe(true);
      expect(server.verify(new X509Certificate(await readFile(authorityFile)).publicKey)).toBe(true);
    },
  );

  test('is made although somebody who made it has not come to an end, a while ago', async () => {
    const state = await folder();
    const lock = join(state, 'localhost.lock');
    await writeFile(lock, '');
    const ago = new Date(Date.now() - 60_000);
    await utimes(lock, ago, ago);
    expect(await developmentCertificate(state, [], now)).toMatchObject({ cert: expect.any(String) });
    expect(await readdir(state)).not.toContain('localhost.lock');
  });

  test('is made again when it is about to expire or lacks a name', async () => {
    const state = await folder();
    const first = await developmentCertificate(state, [], now);
    const named = await developmentCertificate(state, ['dev.example.com'], now);
    expect(named.cert).not.toBe(first.cert);
    const later = await developmentCertificate(state, ['dev.example.com'], new Date(now.getTime() + 1.05 * yearMs));
    expect(later.cert).not.toBe(named.cert);
  });
});

type Pem = { readonly key: string; readonly cert: string };

describe('https', () => {
  test('is served, and a process that follows the line for Node trusts it', async () => {
    const server = await startServer({ port: 0, clock: 'virtual', tls: true, stateFolder: await folder() });
    running.push(server);
    expect(server.url).toMatch(/^https:\/\/localhost:\d+$/);
    const program = `fetch('${server.url}/_control/healthz').then(async (r) => console.log(await r.text()))`;
    const environment = { ...process.env, NODE_EXTRA_CA_CERTS: server.trust?.authorityFile ?? '' };
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { env: environment });
    expect(JSON.parse(stdout)).toEqual({ status: 'ok' });
  });

  test('is served with a certificate of one’s own', async () => {
    const { key, cert } = await developmentCertificate(await folder(), [], new Date());
    const server = await startServer({ port: 0, clock: 'virtual', tls: { key, cert } });
    running.push(server);
    expect(server.url).toMatch(/^https:/);
    expect(server.trust).toBeUndefined();
  });

  test.each([
    ['no PEM', () => ({ key: 'a key', cert: 'a certificate' })],
    ['of another key', (one: Pem, other: Pem) => ({ key: one.key, cert: other.cert })],
    ['missing', (one: Pem) => ({ key: one.key }) as Pem],
  ])('with a certificate that is %s is refused before anything listens', async (_title, tls) => {
    const one = await developmentCertificate(await folder(), [], new Date());
    const other = await developmentCertificate(await folder(), [], new Date());
    const refused = await startServer({ port: 0, tls: tls(one, other) }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(/^tls\.key and tls\.cert cannot be used: .+; expected a private key/s),
    });
    expect(String(refused)).not.toContain(one.key);
  });

  test('is not trusted by who does not', async () => {
    const server = await startServer({ port: 0, clock: 'virtual', tls: true, stateFolder: await folder() });
    running.push(server);
    const failure = await new Promise<NodeJS.ErrnoException>((resolve) => {
      request(`${server.url}/_control/healthz`).on('error', resolve).end();
    });
    expect(failure.code).toBe('SELF_SIGNED_CERT_IN_CHAIN');
  });
});

test('the lines name the file, quoted for the shell where it needs that', () => {
  const lines = trustLines("/home/o'neil/my state/localhost-authority.pem");
  expect(lines[0]).toEqual({
    platform: 'Node',
    line: "export NODE_EXTRA_CA_CERTS='/home/o'\\''neil/my state/localhost-authority.pem'",
  });
  expect(lines.map(({ platform }) => platform)).toEqual([
    'Node',
    'Python',
    'Java',
    'curl',
    'Go on Linux',
    '.NET on Linux',
    '.NET on Windows',
    '.NET on macOS',
  ]);
});

// Each of these variables names all that the platform trusts: requests (Python), urllib and httpx (Python), curl, Go, .NET.
test.each([
  ['Python', ['REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE']],
  ['curl', ['CURL_CA_BUNDLE']],
  ['Go on Linux', ['SSL_CERT_FILE']],
  ['.NET on Linux', ['SSL_CERT_FILE']],
])('the line for %s, run by a shell, adds the certificate to those that it trusts anyway', async (platform, names) => {
  const { authorityFile } = await developmentCertificate(join(await folder(), "o'neil"), [], now);
  const line = trustLines(authorityFile).find((one) => one.platform === platform)?.line ?? '';
  const bin = await folder();
  await writeFile(join(bin, 'bundle.pem'), 'the bundle of the platform\n');
  await writeFile(join(bin, 'python3'), `#!/bin/sh\n[ "$*" = "-m certifi" ] && echo ${join(bin, 'bundle.pem')}\n`);
  await chmod(join(bin, 'python3'), 0o755);
  for (const name of names) {
    const { stdout } = await promisify(execFile)('sh', ['-c', `${line}; cat "$${name}"`], {
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
      maxBuffer: 16 * 1024 * 1024,
    });
    expect(stdout.endsWith(await readFile(authorityFile, 'utf8'))).toBe(true);
    if (platform === 'Python') expect(stdout.startsWith('the bundle of the platform\n')).toBe(true);
  }
});

test('the line for Java, given again once the certificate was renewed, puts that one in the place of the first', async () => {
  const state = await folder();
  const { authorityFile } = await developmentCertificate(state, [], now);
  const line = trustLines(authorityFile).find(({ platform }) => platform === 'Java')?.line ?? '';
  const bin = await folder();
  // As keytool: an alias that the store has already is not replaced.
  const keytool = `#!/bin/sh
while [ $# -gt 1 ]; do case $1 in -file) file=$2;; -keystore) store=$2;; esac; shift; done
[ -e "$store" ] && { echo 'alias <countersign> already exists'; exit 1; }
cp "$file" "$store"
`;
  await writeFile(join(bin, 'keytool'), keytool);
  await chmod(join(bin, 'keytool'), 0o755);
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  const give = () => promisify(execFile)('sh', ['-c', line], { env });
  await give();
  await developmentCertificate(state, ['another.example.com'], new Date(now.getTime() + 1.05 * yearMs));
  await give();
  expect(await readFile(join(state, 'truststore.p12'), 'utf8')).toBe(await readFile(authorityFile, 'utf8'));
});
