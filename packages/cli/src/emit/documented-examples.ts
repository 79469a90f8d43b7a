import { readFile } from 'node:fs/promises';
import type { Header } from '@countersign/core/message';

/** The example of a scheme, out of its provider's documents. */
export interface DocumentedExample {
  readonly scheme: string;
  readonly title: string;
  /** Where it is printed. */
  readonly provenance: string;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

const file = new URL('../../dist/examples.json', import.meta.url);

/** One example for each scheme: what `tools/build-examples.js` takes from the signature vectors. */
export async function documentedExamples(): Promise<readonly DocumentedExample[]> {
  return JSON.parse(await readFile(file, 'utf8')) as DocumentedExample[];
}
