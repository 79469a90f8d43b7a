import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretFromFile } from '../src/credentials/secret-source.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-secret-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(bytes: string | Uint8Array): Promise<string> {
  const path = join(folder, 'key');
  await writeFile(path, bytes);
  return path;
}

describe('a file is no secret', () => {
  test.each([
    ['when it is not UTF-8: two different ones would be one key', Uint8Array.of(0x61, 0xff, 0x62), /is not UTF-8 text/],
    ['when it is UTF-16, as Windows PowerShell writes it', Buffer.from('\ufeffa2V5', 'utf16le'), /is not UTF-8 text/],
    ['when it is longer than any key', 'a'.repeat(64 * 1024 + 1), /is longer than 65536 bytes/],
    ['when it holds a byte order mark only', '\ufeff\n', /is empty/],
  ])('%s', async (_, bytes, message) => {
    const path = await fileOf(bytes);
    expect(() => secretFromFile(path)).toThrow(message);
  });

  test('when it is a folder', () => {
    expect(() => secretFromFile(folder)).toThrow('cannot read the file that --secret-file names (EISDIR)');
  });
});

test('a byte order mark is the editor’s, and that is said', async () => {
  const path = await fileOf('\ufeffa2V5\r\n');
  const note = `the byte order mark at the start of ${path} is not taken as part of the secret`;
  expect(secretFromFile(path)).toMatchObject({ text: 'a2V5', note });
});
