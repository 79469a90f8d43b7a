import { inputError } from './input-error.ts';

/** Reads a file that a command line names, byte for byte. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** For runtimes without files, such as a web page. */
export const noFiles: ReadFile = (path) =>
  Promise.reject(
    inputError(
      'input/unreadable',
      `the command reads the file ${path}, which cannot be reached from here; put its text in its place`,
    ),
  );
