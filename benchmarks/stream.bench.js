import { digestStream } from '@countersign/core/content-hasher';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compare, describe } from './compare.js';

const chunk = Buffer.alloc(64 * 1024, 'countersign');
const chunks = 1600;
const flatBytes = 16 * 1024 * 1024;

/** 100 MB that are never in memory at once. */
function stream(next = () => chunk) {
  let given = 0;
  return new Readable({
    read() {
      this.push(given < chunks ? next(given++) : null);
    },
  });
}

async function bareHash() {
  const hash = createHash('sha256');
  for await (const part of stream()) hash.update(part);
  return hash.digest();
}

/** How far the memory that is really in use rises while one body streams. */
async function risenBytes() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const used = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  await digestStream(stream(), 'sha256');
  const before = used();
  let highest = before;
  const fresh = (given) => {
    if (given % 100 === 0) highest = Math.max(highest, used());
    return Buffer.from(chunk);
  };
  await digestStream(stream(fresh), 'sha256');
  return highest - before;
}

export const rows = [
  {
    what: 'content hash of a streamed body of 100 MB',
    against: 'createHash over the same stream',
    target: 0.95,
    async measure() {
      const comparison = await compare(() => digestStream(stream(), 'sha256'), bareHash, { rounds: 9, roundMs: 1 });
      return { ratio: comparison.ratio, detail: describe(comparison) };
    },
  },
  {
    what: 'memory in use while a body of 100 MB streams, rise',
    against: '16 MB',
    atMost: true,
    target: 1,
    async measure() {
      const risen = await risenBytes();
      return { ratio: risen / flatBytes, detail: `${(risen / 1024).toFixed(0)} kB` };
    },
  },
];
