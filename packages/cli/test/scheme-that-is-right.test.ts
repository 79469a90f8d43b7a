import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { answerOf } from './in-process.ts';

// Requests that look like those of two providers, signed with node:crypto alone and judged without --scheme.

const dir = mkdtempSync(join(tmpdir(), 'countersign-'));
afterAll(() => rmSync(dir, { recursive: true }));

const secret = '8b0c5f0e4d1a4f7c9e2b6a3d7c1f5e90';
const body = '{"id":"c1"}';
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const mac = (...pieces: (string | Buffer)[]): string => {
  const hmac = createHmac('sha256', secret);
  for (const piece of pieces) hmac.update(piece);
  return hmac.digest('base64');
};

const seconds = '1796000400';
const date = 'Mon, 30 Nov 2026 01:00:00 GMT';
const hash = sha256(body).toString('base64');
const requests: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'messagebird-legacy',
    'bird',
    [`MessageBird-Request-Timestamp: ${seconds}`, `MessageBird-Signature: ${mac(`${seconds}\n\n`, sha256(body))}`],
  ],
  [
    'vipps-mobilepay',
    'acs-hmac',
    [
      `x-ms-date: ${date}`,
      `x-ms-content-sha256: ${hash}`,
      `Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${mac(`POST\n/in\n${date};hooks.example.org;${hash}`)}`,
    ],
  ],
];

describe.each(requests)('a right request of %s, which looks like one of %s as well', (id, other, headers) => {
  const text = (end = ''): string =>
    ['POST /in HTTP/1.1', 'Host: hooks.example.org', `Content-Length: ${body.length}`, ...headers, '', body + end].join(
      '\r\n',
    );
  const judge = (command: string, request: string, key = secret) => {
    const file = join(dir, 'request.http');
    writeFileSync(file, request);
    const argv = [command, file, '--secret-env', 'KEY', '--now', '2026-11-30T01:00:00Z', '--json'];
    const few = command === 'diagnose' ? ['--budget-ms', '50'] : [];
    return answerOf([...argv, ...few], { KEY: key });
  };

  test('is right for diagnosis, also in a file that an editor ended with a line break', async () => {
    for (const end of ['', '\n']) {
      const { json, exit } = await judge('diagnose', text(end));
      expect(json).toMatchObject({ scheme: id, verdict: 'valid', mistakes: [] });
      expect(exit).toBe(0);
    }
  });

  test('is right for verification, which says what it was taken for', async () => {
    const { json, said } = await judge('verify', text());
    expect(json).toMatchObject({ scheme: id, ok: true });
    expect(said.join('\n')).toContain(`taken for ${id}`);
  });

  test('with another key is told to fit both', async () => {
    const { json } = await judge('diagnose', text(), '1f7a0d5be2c84936a7150e8b2d6c4f93');
    expect(json).toMatchObject({ scheme: other, verdict: 'unexplained' });
    const { notes } = json as { notes: { id: string; summary: string }[] };
    expect(notes.find((note) => note.id === 'scheme/also-fits')?.summary).toContain(id);
  });
});
