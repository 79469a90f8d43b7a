import { providers } from '@countersign/core/providers/catalog';
import type { Terminal } from '../terminal.ts';

/** The options that name a secret, with the environment's own variable where one is set that holds such. */
export function secretOptionSet(env: Terminal['env']): string {
  const names = providers.flatMap(({ variables: { secret, otherNames } }) => [secret, ...(otherNames[secret] ?? [])]);
  const set = names.filter((name) => (env[name] ?? '').trim() !== '');
  return set.length > 0
    ? `--secret-env ${set.join(' or --secret-env ')} (which is set)`
    : '--secret-env NAME or --secret-file FILE';
}
