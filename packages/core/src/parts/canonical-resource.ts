import { queryText, readParameters } from '../canonical/parameters.ts';
import { targetForm } from '../canonical/request-target.ts';
import { CountersignError } from '../errors.ts';
import type { Message } from '../message.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/**
 * Azure Storage's resource: `/`, the account's name (the key id), the path as sent; then of the query each parameter as
 * `\nname:value`, names in lower case and sorted, values decoded, sorted and joined by a comma (`shared-key`), or
 * `?comp=…` alone (`lite`).
 */
export interface CanonicalResourceSource {
  readonly from: 'canonical-resource';
  readonly form: 'shared-key' | 'lite';
}

function readResource({ form }: CanonicalResourceSource, message: Message, account: string): string | undefined {
  const path = targetForm(message.target, 'path');
  if (/[\n\r\0 ]|\p{Cs}/u.test(path)) return undefined;
  const resource = `/${account}${path}`;
  const parameters = readParameters(queryText(message), 'all');
  // A line break in a value would begin the line of another parameter.
  if (!parameters || parameters.some((pair) => /[\n\r\0]/.test(pair.join('')))) return undefined;
  if (form === 'lite') {
    const comp = parameters.find(([name]) => name === 'comp');
    return comp ? `${resource}?comp=${comp[1]}` : resource;
  }
  const values = new Map<string, string[]>();
  for (const [name, value] of parameters) {
    const key = name.toLowerCase();
    const known = values.get(key);
    if (known) known.push(value);
    else values.set(key, [value]);
  }
  const lines = [...values].toSorted(([name], [other]) => (name < other ? -1 : name > other ? 1 : 0));
  return resource + lines.map(([name, all]) => `\n${name}:${all.toSorted().join(',')}`).join('');
}

provideReader<CanonicalResourceSource>('canonical-resource', (source, message, values, name) => {
  const resource = readResource(source, message, values.keyId ?? '');
  if (resource !== undefined) return resource;
  throw new CountersignError(
    'target/malformed',
    `part "${name}" holds an escape that is none, a line break or a space, or is no UTF-8`,
  );
});

/** All that is to be known of it. */
export const canonicalResource: SourceRow<CanonicalResourceSource> = {
  members: { form: ['shared-key', 'lite'] satisfies CanonicalResourceSource['form'][] },
  holds: () => /[^\r\0 ]/,
  words: ({ form }) =>
    form === 'lite' ? 'account and path, and the parameter comp' : 'account, path, and the query’s parameters, sorted',
  signs: () => ['target', 'path'],
  received: (source, message, values) => readResource(source, message, values.keyId ?? '') ?? '',
};
