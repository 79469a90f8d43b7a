import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { digestStream } from '@countersign/core/content-hasher';
import { expect, test } from 'vitest';

const chunks = ['{"text":', '"häl', 'lo"}'].map((text) => Buffer.from(text));

test('a stream has the digest and the length of its bytes', async () => {
  const whole = Buffer.concat(chunks);
  expect(await digestStream(Readable.from(chunks), 'sha256')).toEqual({
    algorithm: 'sha256',
    digest: createHash('sha256').update(whole).digest(),
    length: whole.length,
  });
});

test('a stream that was given an encoding is refused: it yields text, not bytes', async () => {
  const stream = Readable.from(chunks, { objectMode: false }).setEncoding('utf8');
  await expect(digestStream(stream, 'sha256')).rejects.toThrow(
    new TypeError('a chunk of a body is bytes: read the stream without an encoding'),
  );
});
