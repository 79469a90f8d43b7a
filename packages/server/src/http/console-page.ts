import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { headerValue } from '@countersign/core/message';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
};
const compressible = /^(?:text\/|application\/|image\/svg)/;

/** The page may talk to its own server and to nobody else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Reads a file of the page, or returns what has been read of it. */
type PageFileReader = () => Promise<PageFile>;

interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
  gzipped?: Uint8Array;
  /** What the build compressed: browsers take it from localhost and over https. */
  readonly brotli: Uint8Array | undefined;
}

/**
 * Serves the console's built page at `/`: exactly the files that are there at the start, so no path can lead elsewhere.
 * Each is read when a browser first asks for it, and kept.
 *
 * @param folder where the build put it; when it is not there, `/` says how to build it
 */
export async function consolePage(app: FastifyInstance, folder: string): Promise<void> {
  const files = await findFiles(folder);
  const index = files.get('index.html');
  app.get('/', async (request, reply) => (index ? send(request, reply, await index()) : notBuilt(reply)));
  for (const [path, read] of files) app.get(`/${path}`, async (request, reply) => send(request, reply, await read()));
}

/** The files of a folder by their paths in it. */
async function findFiles(folder: string): Promise<Map<string, PageFileReader>> {
  const files = new Map<string, PageFileReader>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.br')) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(relative(folder, file).split(sep).join('/'), readOnce(file));
  }
  return files;
}

function readOnce(file: string): PageFileReader {
  let reading: Promise<PageFile> | undefined;
  return () => {
    reading ??= readPageFile(file).catch((error: unknown) => {
      // What fails now (a build that is under way, too many open files) may succeed with the next request.
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

async function readPageFile(file: string): Promise<PageFile> {
  const type = types[extname(file)] ?? 'application/octet-stream';
  const brotli = await readFile(`${file}.br`).catch(() => undefined);
  return { type, bytes: await readFile(file), brotli };
}

function send(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  // File names under assets/ change with their content.
  const isFingerprinted = request.message.target.startsWith('/assets/');
  void reply
    .header('content-type', file.type)
    .header('content-security-policy', contentSecurityPolicy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', isFingerprinted ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', 'accept-encoding');
  const accepted = headerValue(request.message.headers, 'accept-encoding') ?? '';
  if (file.brotli && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(file.brotli);
  if (!compressible.test(file.type) || !/\bgzip\b/.test(accepted)) return reply.send(file.bytes);
  file.gzipped ??= gzipSync(file.bytes, { level: 9 });
  return reply.header('content-encoding', 'gzip').send(file.gzipped);
}

function notBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .header('content-type', 'text/plain; charset=utf-8')
    .send(
      'The console is not built in this copy. Run `npm run build` and start the server again.\nThe server itself works: see /_control/state.\n',
    );
}
