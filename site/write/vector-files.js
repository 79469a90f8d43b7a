/** Why: pages show requests that are known to be right or wrong, and the vectors are such requests. */
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../vectors/', import.meta.url);

/**
 * The vectors of one kind in a folder of `vectors/`, each with its scheme, in the order of the files.
 *
 * @param {string} folder
 * @param {'sign' | 'received' | 'diagnosis'} kind
 */
export function vectorsOf(folder, kind) {
  const files = readdirSync(new URL(folder, root)).filter((name) => name.endsWith('.json'));
  return files
    .toSorted()
    .map((name) => JSON.parse(readFileSync(new URL(`${folder}/${name}`, root), 'utf8')))
    .filter((file) => file.kind === kind)
    .flatMap(({ scheme, vectors }) => vectors.map((vector) => ({ scheme, ...vector })));
}

/** A request as it goes over the wire, headers that were added at its end. */
export function rawRequest({ method, target, headers, body }, adds = []) {
  const lines = [...headers, ...adds].map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, '', body].join('\n').trimEnd();
}
