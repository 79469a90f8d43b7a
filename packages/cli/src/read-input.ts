import { readFile } from 'node:fs/promises';
import { badInput } from './failure.ts';

/** Reads a file, or standard input for `-`, byte for byte. */
export async function readInput(path: string): Promise<Uint8Array> {
  if (path === '-') return readStandardInput();
  try {
    return await readFile(path);
  } catch (error) {
    throw badInput('input/unreadable', `cannot read ${path}: ${reason(error)}`);
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a directory';
  if (code === 'EACCES') return 'permission denied';
  return message;
}

/**
 * Reads `--data`: `@FILE` (or `@-`) stands for the file's bytes, anything else for its own UTF-8 bytes. Nothing is
 * stripped or decoded.
 */
export function readData(data: string): Promise<Uint8Array> {
  return data.startsWith('@') ? readInput(data.slice(1)) : Promise.resolve(Buffer.from(data, 'utf8'));
}
