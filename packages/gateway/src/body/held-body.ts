import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { contentHasher, type ContentHasher } from '@countersign/core/content-hasher';
import type { ContentDigest } from '@countersign/core/message';
import type { AnyScheme } from '@countersign/core/public-key-scheme';

/** How much of a body is taken, and how much of it stays in memory. */
export interface BodyLimits {
  /** The longest body, in bytes. */
  readonly bodyBytes: number;
  /** A longer body goes to a file that nobody else can open and that is gone when the process ends. */
  readonly spoolAboveBytes: number;
  /** The folder of those files. Defaults to the system's. */
  readonly folder?: string | undefined;
  /** What all of them may take together. Without it there is no bound. */
  readonly room?: SpoolRoom | undefined;
}

/** Thrown when a body is longer than it may be. */
export class BodyTooLong extends Error {
  override readonly name = 'BodyTooLong';
}

/** Thrown when the files of other bodies leave no room for this one. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
}

/** How many bytes the files of all requests may take together, so that many long bodies at once do not fill the disk. */
export class SpoolRoom {
  #free: number;

  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** @throws NoRoom */
  take(bytes: number): void {
    if (bytes > this.#free) throw new NoRoom('the files of other bodies leave no room for this one');
    this.#free -= bytes;
  }

  giveBack(bytes: number): void {
    this.#free += bytes;
  }
}

/** A request's body, whole: it is verified before anything of it goes on. */
export interface HeldBody {
  readonly length: number;
  /**
   * What `verify` is given: the bytes, or their digest where they are in a file and the scheme signs a digest; `undefined`
   * where they are in a file and the scheme signs them as they are.
   */
  readonly content: Uint8Array | ContentDigest | undefined;
  /** All of it in memory. */
  bytes(): Promise<Uint8Array>;
  /** All of it, from the start. */
  chunks(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Closes its file, where it has one. */
  readonly discard: (() => Promise<void>) | undefined;
}

/**
 * Takes a body in, whole.
 *
 * @throws BodyTooLong as soon as it is; NoRoom; whatever the stream throws, and the file system
 */
export function holdBody(request: IncomingMessage, scheme: AnyScheme, limits: BodyLimits): Promise<HeldBody> {
  const announced = request.headers['content-length'];
  const isShort = announced !== undefined && Number(announced) <= Math.min(limits.spoolAboveBytes, limits.bodyBytes);
  return isShort ? holdShort(request) : holdAny(request, scheme, limits);
}

/** The usual case, with events, because an async loop costs more. Node's parser passes no more than was announced. */
function holdShort(request: IncomingMessage): Promise<HeldBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Uint8Array) => {
      length += chunk.length;
      chunks.push(chunk);
    });
    let isEnded = false;
    request.on('end', () => {
      isEnded = true;
      resolve(bodyInMemory(chunks, length));
    });
    request.on('error', reject);
    request.on('close', () => {
      if (!isEnded) reject(new Error('the body was cut'));
    });
  });
}

async function holdAny(stream: Readable, scheme: AnyScheme, limits: BodyLimits): Promise<HeldBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let spool: Spool | undefined;
  try {
    // The connection stays open, so that a client that sent too much gets its answer.
    for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > limits.bodyBytes) throw new BodyTooLong(`the body has more than ${limits.bodyBytes} bytes`);
      if (!spool && length > limits.spoolAboveBytes) {
        spool = await openSpool(scheme, limits);
        for (const earlier of chunks.splice(0)) await spool.add(earlier);
      }
      if (spool) await spool.add(chunk);
      else chunks.push(chunk);
    }
  } catch (error) {
    await spool?.close();
    throw error;
  }
  return spool ? spooledBody(spool, length) : bodyInMemory(chunks, length);
}

function bodyInMemory(chunks: readonly Uint8Array[], length: number): HeldBody {
  return new BodyInMemory(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length));
}

/** A body that is in memory anyway. */
export class BodyInMemory implements HeldBody {
  readonly length: number;
  readonly content: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.length = bytes.length;
    this.content = bytes;
  }

  bytes(): Promise<Uint8Array> {
    return Promise.resolve(this.content);
  }

  chunks(): Iterable<Uint8Array> {
    return this.length === 0 ? [] : [this.content];
  }

  /** There is nothing to be given back. */
  readonly discard = undefined;
}

interface Spool {
  readonly file: FileHandle;
  readonly hasher: ContentHasher | undefined;
  /** @throws NoRoom; whatever the file system throws */
  add(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** The file loses its name at once: nobody else can open it, and nothing of it is left when the process ends. */
async function openSpool(scheme: AnyScheme, { folder = tmpdir(), room }: BodyLimits): Promise<Spool> {
  const path = join(folder, `countersign-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  const hasher = scheme.contentHash && contentHasher(scheme.contentHash.algorithm);
  let taken = 0;
  return {
    file,
    hasher,
    async close() {
      room?.giveBack(taken);
      taken = 0;
      await file.close();
    },
    async add(chunk) {
      room?.take(chunk.length);
      taken += chunk.length;
      hasher?.update(chunk);
      for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
    },
  };
}

function spooledBody({ file, hasher, close }: Spool, length: number): HeldBody {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < length;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, at);
      if (bytesRead === 0) throw new Error('the file of the body was cut');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }
  return {
    length,
    content: hasher?.digest(),
    async bytes() {
      const pieces: Uint8Array[] = [];
      for await (const piece of chunks()) pieces.push(piece);
      return Buffer.concat(pieces, length);
    },
    chunks,
    discard: close,
  };
}

const pieceBytes = 64 * 1024;
