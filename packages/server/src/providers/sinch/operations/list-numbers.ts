import type { Operation } from '../operation.ts';

/**
 * Lists the numbers of the application, and those that are assigned to none.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Applications/#tag/Applications/operation/configuration_getNumbers
 */
export const listNumbers: Operation = {
  method: 'GET',
  path: '/v1/configuration/numbers',
  run: ({ account }, { applications }) => ({
    status: 200,
    body: {
      numbers: applications.numbers(account.applicationKey).map(({ number, applicationKey, capability }) => ({
        number,
        ...(applicationKey !== undefined && { applicationkey: applicationKey }),
        capability,
      })),
    },
  }),
};
