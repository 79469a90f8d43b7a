import type { Secret } from '@countersign/core/secret';
import { object, string, union, type Static } from '../json-schema/schema.ts';

const closed = { additionalProperties: false } as const;

/** A number of an account, as the configuration lists it. */
export const listedNumber = string({
  pattern: '^\\+[1-9][0-9]{1,14}$',
  description: 'A telephone number in E.164 form.',
});

/** Where an account's secret is read from. */
export const secretSource = union(
  [
    object(
      { env: string({ minLength: 1, description: 'The name of an environment variable that holds the secret.' }) },
      closed,
    ),
    object(
      { file: string({ minLength: 1, description: 'A file that holds the secret, relative to this one.' }) },
      closed,
    ),
  ],
  { description: 'Where a secret is; never the secret itself, because configuration files are shared.' },
);

export type SecretSource = Static<typeof secretSource>;

/**
 * Reads a secret of an account.
 *
 * @param pointer where in the account the source stands: `/keys/primary`
 * @throws (as a rejection) an error for people, when it is not there or cannot be used; never with the secret
 */
export type ReadSecret = (source: SecretSource, pointer: string) => Promise<Secret>;
