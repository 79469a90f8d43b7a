import { badInput } from './bad-input.ts';

/** Reads a file that a command line names, byte for byte. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** For runtimes without files, such as a web page. */
export const noFiles: ReadFile = (path) =>
  Promise.reject(
    badInput(
      'input/unreadable',
      `the command reads the file ${path}, which cannot be reached from here; put its text in its place`,
    ),
  );
