import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../vectors/', import.meta.url);

/** Every file of vectors that the conformance suite reads, with its scheme and kind. */
export function vectorFiles() {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(new URL(`${name}/`, folder)).map((file) => `${name}/${file}`))
    .filter((path) => path.endsWith('.json'))
    .map((path) => JSON.parse(readFileSync(new URL(path, folder), 'utf8')))
    .filter(({ kind }) => ['sign', 'received', 'diagnosis'].includes(kind));
}
