import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { acsRequest, type Intent } from './broken-requests.ts';

const json = '{"text":"Hello","to":"+12065550123"}';
const play: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play',
  query: 'api-version=2023-10-15',
  contentType: 'application/json',
  body: json,
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'JViE5vDor0Sw3WllZka15Q==',
};

/** Signed before it was compressed. */
function judge(hashed: string, sentBody: Buffer, options: DiagnoseOptions): Diagnosis {
  const message = acsRequest(play, (signing) => {
    signing.hash = createHash('sha256').update(hashed).digest('base64');
    signing.sentBody = sentBody;
    signing.headers = (headers) => [...headers, ['Content-Encoding', 'br']];
  });
  return diagnose(acsHmac, { secret: play.secret }, message, { now: play.at, exactBody: true, ...options });
}
const ids = ({ verdict, mistakes }: Diagnosis): string => `${verdict} ${mistakes.map(({ id }) => id).join()}`;

describe('a body that was hashed before it was compressed with brotli', () => {
  test('is known where a decoder is given', () => {
    const found = judge(json, brotliCompressSync(json), { brotli: brotliDecompressSync });
    expect(ids(found)).toBe('explained body/transport-encoding');
  });

  test('is said not to have been tried where there is none', () => {
    const found = judge(json, brotliCompressSync(json), {});
    expect(ids(found)).toBe('explained content-hash/mismatch');
    expect(found.notes.map(({ id }) => id)).toContain('input/brotli');
  });

  test('takes no more than the decoder may write, and nothing from one that fails', () => {
    const limits: number[] = [];
    const brotli: NonNullable<DiagnoseOptions['brotli']> = (data, limit) => {
      limits.push(limit.maxOutputLength);
      return brotliDecompressSync(data, limit);
    };
    const bomb = brotliCompressSync(Buffer.alloc(20 * 1024 * 1024));
    expect(ids(judge('another body', bomb, { brotli, budget: { mistakes: 1 } }))).toBe(
      'explained content-hash/mismatch',
    );
    expect(Math.max(...limits)).toBeLessThanOrEqual(16 * 1024 * 1024);
    expect(limits).toHaveLength(1);
  });
});
