import { generateKeyPairSync, sign as signWith, verify as verifyWith, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PublicKey } from '@countersign/core/public-key';
import { asyncReceiver } from '@countersign/core/async-receiver';
import { telnyx } from '@countersign/core/schemes/telnyx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from './in-process.ts';

/** What a command prints, and how it ends. */
async function inProcess(argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { exit, json, text, said } = await answerOf(argv, {});
  return { code: exit, stdout: json === undefined ? text : JSON.stringify(json), stderr: said.join('\n') };
}

// Requests are signed by node:crypto; receivers verify by node:crypto too, or by core.

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
const time = 1_717_000_000;
const now = ['--now', new Date(time * 1000).toISOString()];
const body = '{"data":{"event_type":"call.answered"}}';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-keys-'));
  await writeFile(join(folder, 'key.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
});
afterAll(() => rm(folder, { recursive: true }));

const requestFile = async (name: string, sent: string, signed = `${time}|${body}`): Promise<string> => {
  const signature = signWith(null, Buffer.from(signed), privateKey).toString('base64');
  const head = `POST /hook HTTP/1.1\r\nHost: example.com\r\nContent-Length: ${sent.length}\r\ntelnyx-timestamp: ${time}\r\ntelnyx-signature-ed25519: ${signature}\r\n\r\n`;
  const file = join(folder, name);
  await writeFile(file, head + sent);
  return file;
};

describe('verify and diagnose', () => {
  test('take the public key as text or in a file, and recognize the scheme', async () => {
    const file = await requestFile('right.http', body);
    const byText = await inProcess(['verify', file, '--public-key', raw, ...now]);
    expect([byText.code, byText.stdout]).toEqual([0, 'valid telnyx, verified with the public key given\n']);
    const byFile = await inProcess(['verify', file, '--public-key', join(folder, 'key.pem'), '--json', ...now]);
    expect(JSON.parse(byFile.stdout)).toMatchObject({ scheme: 'telnyx', ok: true, key: join(folder, 'key.pem') });
    const old = await inProcess(['verify', file, '--public-key', raw, '--now', '2025-01-01T00:00:00Z']);
    expect([old.code, old.stdout]).toEqual([1, expect.stringContaining('date/expired') as string]);
  });

  test('say what is wrong with a key, and never show it', async () => {
    const file = await requestFile('right.http', body);
    const secret = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    for (const [given, says] of [
      [secret, 'a private key'],
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'a shared secret'],
      [join(folder, 'missing.pem'), 'the name of a file'],
    ]) {
      const { code, stderr } = await inProcess(['verify', file, '--public-key', given ?? '', ...now]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(says ?? '') as string]);
      expect(stderr).not.toContain(secret.split('\n')[1]);
    }
    const none = await inProcess(['verify', file, ...now]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('give --public-key FILE') as string]);
    const other = await inProcess(['verify', file, '--scheme', 'stripe', '--public-key', raw]);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('--public-key is for schemes') as string]);
  });

  test('explain a body that was parsed, and whose account it is', async () => {
    const file = await requestFile('parsed.http', '{ "data": { "event_type": "call.answered" } }');
    const parsed = await inProcess(['diagnose', file, '--public-key', raw, '--json', ...now]);
    expect(JSON.parse(parsed.stdout)).toMatchObject({
      scheme: 'telnyx',
      verdict: 'explained',
      mistakes: [{ id: 'body/reserialized', proven: true }],
    });
    const right = await requestFile('right.http', body);
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const args = ['diagnose', right, '--public-key', other, ...now];
    const unexplained = await inProcess(args);
    expect([unexplained.code, unexplained.stdout]).toEqual([1, expect.stringContaining('--also-public-key') as string]);
    const known = await inProcess([...args, '--also-public-key', raw]);
    expect(known.stdout).toContain('key/other');
    expect(known.stdout).toContain('--also-public-key number 1');
  });
});

test('a scheme whose private key its provider alone has is not signed with', async () => {
  const { code, stderr } = await inProcess(['sign', '--scheme', 'telnyx', 'https://example.com/']);
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('signed by a private key that its provider alone has') as string,
  ]);
});

test('a private key that everybody makes himself is said to be no matter of the provider', async () => {
  const { code, stderr } = await inProcess(['sign', '--scheme', 'rfc9421-ed25519', 'https://example.com/']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('signAsync') as string]);
  expect(stderr).not.toContain('provider');
});

test('where a request does not say by what algorithm it was signed, the kind of the public key does', async () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const parameters = '("@method" "@authority" "@path");created=1790000000;keyid="k1"';
  const signed = `"@method": GET\n"@authority": example.com\n"@path": /a\n"@signature-params": ${parameters}`;
  const signature = signWith('sha256', Buffer.from(signed), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
  const file = join(folder, 'no-algorithm.http');
  const head = ['GET /a HTTP/1.1', 'Host: example.com', `Signature-Input: sig1=${parameters}`];
  await writeFile(file, [...head, `Signature: sig1=:${signature.toString('base64')}:`, '', ''].join('\r\n'));
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const given = [file, '--public-key', pem, '--now', '2026-09-21T14:13:25Z'];
  for (const command of ['verify', 'diagnose']) {
    const { code, stdout } = await inProcess([command, ...given]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('rfc9421-ecdsa-p256-sha256') as string]);
  }
});

/** A receiver of telnyx webhooks, and what it was sent. */
async function receiving(
  verdict: (text: string, signature: Buffer) => boolean,
  run: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = Buffer.from(String(request.headers['telnyx-signature-ed25519'] ?? ''), 'base64');
      const text = `${String(request.headers['telnyx-timestamp'])}|${Buffer.concat(chunks).toString()}`;
      response.statusCode = verdict(text, signature) ? 200 : 401;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`).finally(() => server.close());
}

test('emit signs with a key pair of its own, says the public key, and keeps it in a file', async () => {
  const keyFile = join(folder, 'pair.pem');
  const first = await inProcess([
    'emit',
    '--to',
    'http://127.0.0.1:9/',
    '--data',
    '{}',
    '--scheme',
    'telnyx',
    '--key-file',
    keyFile,
  ]);
  const [, told = ''] = /public key: (\S+)/.exec(first.stderr) ?? [];
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  const trusted = createPublicKey(await readFile(keyFile, 'utf8'));
  expect(trusted.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')).toBe(told);
  const takes = (text: string, signature: Buffer): boolean => verifyWith(null, Buffer.from(text), trusted, signature);
  await receiving(takes, async (url) => {
    const sent = await inProcess(['emit', 'telnyx/example', '--to', url, '--key-file', keyFile, '--json']);
    expect([sent.code, JSON.parse(sent.stdout)]).toMatchObject([
      0,
      { accepted: 1, scheme: 'telnyx', publicKeyText: told },
    ]);
    const own = await inProcess(['emit', 'telnyx/example', '--to', url]);
    expect(own.code).toBe(1);
  });
});

test('probe finds the hole of a receiver that verifies nothing, and none in one that does', async () => {
  const keyFile = join(folder, 'probe.pem');
  const emitted = await inProcess([
    'emit',
    '--to',
    'http://127.0.0.1:9/',
    '--data',
    '{}',
    '--scheme',
    'telnyx',
    '--key-file',
    keyFile,
  ]);
  const [, told = ''] = /public key: (\S+)/.exec(emitted.stderr) ?? [];
  const args = (url: string): string[] => [
    'probe',
    url,
    '--scheme',
    'telnyx',
    '--key-file',
    keyFile,
    '--rate',
    '1000',
    '--json',
  ];
  await receiving(
    () => true,
    async (url) => {
      const { code, stdout } = await inProcess(args(url));
      expect(code).toBe(1);
      const holes = (JSON.parse(stdout) as { attacks: { id: string; verdict: string }[] }).attacks
        .filter(({ verdict }) => verdict === 'hole')
        .map(({ id }) => id);
      expect(holes).toEqual(expect.arrayContaining(['signature/none', 'key/wrong', 'date/stale']));
    },
  );
  const seen = new Set<string>();
  const webhooks = asyncReceiver({ scheme: telnyx, credentials: { publicKey: new PublicKey(told) } });
  const server = createServer((request, response) => {
    void webhooks.receive(request).then(({ result }) => {
      response.statusCode = result.ok && !seen.has(result.replayKey) ? 200 : 401;
      if (result.ok) seen.add(result.replayKey);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { code, stdout } = await inProcess(args(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`));
    expect(
      (JSON.parse(stdout) as { attacks: { verdict: string }[] }).attacks.filter(({ verdict }) => verdict === 'hole'),
    ).toEqual([]);
    expect(code).toBe(0);
  } finally {
    server.close();
  }
});
