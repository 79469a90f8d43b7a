import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { answerOf } from './in-process.ts';

const key = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==';
const body = '{"text":"Hello"}';

test('a body that was hashed before brotli compressed it is named: the command has a decoder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-brotli-'));
  try {
    const file = join(folder, 'request.bin');
    const hash = createHash('sha256').update(body).digest('base64');
    const date = 'Mon, 27 May 2024 09:08:07 GMT';
    const target = '/emails:send?api-version=2023-03-31';
    const signature = createHmac('sha256', Buffer.from(key, 'base64'))
      .update(`POST\n${target}\n${date};contoso.communication.azure.com;${hash}`)
      .digest('base64');
    const compressed = brotliCompressSync(body);
    const head = [
      `POST ${target} HTTP/1.1`,
      'Host: contoso.communication.azure.com',
      'Content-Type: application/json',
      'Content-Encoding: br',
      `Content-Length: ${compressed.length}`,
      `x-ms-date: ${date}`,
      `x-ms-content-sha256: ${hash}`,
      `Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
    ];
    await writeFile(file, Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), compressed]));
    const { json } = await answerOf(['diagnose', file, '--now', date, '--json'], {
      COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=https://contoso.communication.azure.com/;accesskey=${key}`,
    });
    expect(json).toMatchObject({ verdict: 'explained', mistakes: [{ id: 'body/transport-encoding' }] });
  } finally {
    await rm(folder, { recursive: true });
  }
});
