import { hash } from '#digest';
import { CountersignError } from '../errors.ts';
import { digestNames } from '../digest/algorithms.ts';
import type { HashAlgorithm } from '../digest/algorithms.ts';
import type { Message } from '../message.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The hash of the body as raw bytes, which is no text. */
export interface BodyDigestSource {
  readonly from: 'body-digest';
  readonly algorithm: HashAlgorithm;
}

function readDigest({ algorithm }: BodyDigestSource, { body }: Pick<Message, 'body'>): Uint8Array {
  if (body instanceof Uint8Array) return hash(algorithm, body);
  if (body.algorithm === algorithm) return body.digest;
  throw new CountersignError(
    'content-hash/algorithm',
    `the body was hashed with ${body.algorithm} as it streamed; this scheme needs ${algorithm}`,
  );
}

provideReader<BodyDigestSource>('body-digest', readDigest);

/** All that is to be known of it. */
export const bodyDigest: SourceRow<BodyDigestSource> = {
  members: { algorithm: digestNames },
  holds: () => undefined,
  words: ({ algorithm }) => `the ${algorithm.toUpperCase()} of the body as raw bytes`,
  signs: () => ['body-digest', 'body'],
};
