/**
 * Why: `emit` sends the example of each scheme's documentation. It stands in the signature vectors, which are not in the
 * command's package, so it is taken from there when the package is built.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Printed by the provider, computed from its rules, recorded of its SDK: the first that a scheme has. */
const files = ['published.json', 'computed.json', 'recorded.json', 'captured.json'];

/** The first vector with a body of text in the first of those files, or `undefined` where there is none. */
function exampleOf(folder) {
  const there = new Set(readdirSync(folder));
  for (const name of files.filter((file) => there.has(file))) {
    const { scheme, kind, vectors } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (kind !== 'sign') continue;
    const fits = ({ request: { body } }) => typeof body === 'string' && body !== '';
    const vector = vectors.find(fits) ?? vectors.find(({ request: { body = '' } }) => body === '');
    if (!vector) continue;
    const { title = vector.id, provenance, request } = vector;
    const { method, headers, body = '' } = request;
    return { scheme, title, provenance, method, headers, body };
  }
  return undefined;
}

const vectors = join(root, 'vectors');
const examples = readdirSync(vectors, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => exampleOf(join(vectors, entry.name)))
  .filter((example) => example !== undefined);
const target = join(root, 'packages/cli/dist/examples.json');
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${JSON.stringify(examples, null, 2)}\n`);
