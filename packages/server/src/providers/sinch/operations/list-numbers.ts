import type { Operation } from '../requests/operation.ts';

/**
 * Lists the numbers of every application of the account, and those that are assigned to none.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Applications/#tag/Applications/operation/configuration_getNumbers
 */
export const listNumbers: Operation = {
  method: 'GET',
  path: '/v1/configuration/numbers',
  run: (_, { applications }) => ({
    status: 200,
    body: {
      numbers: applications.numbers().map(({ number, applicationKey, capability }) => ({
        number,
        ...(applicationKey !== undefined && { applicationkey: applicationKey }),
        capability,
      })),
    },
  }),
};
