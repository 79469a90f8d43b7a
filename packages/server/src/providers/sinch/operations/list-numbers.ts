import { defineOperation } from '../requests/operation.ts';

/**
 * Lists the numbers of every application of the account, and those that are assigned to none.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Applications/#tag/Applications/operation/configuration_getNumbers
 */
export const listNumbers = defineOperation({
  operationId: 'configuration_getNumbers',
  method: 'GET',
  path: '/v1/configuration/numbers',
  body: 'none',
  handle: (_, { applications }) => ({
    status: 200,
    body: {
      numbers: applications.numbers().map(({ number, applicationKey, capability }) => ({
        number,
        ...(applicationKey !== undefined && { applicationkey: applicationKey }),
        capability,
      })),
    },
  }),
});
