import { free } from '../callbacks/money.ts';
import { requireLeadingPlus } from '../state/party.ts';
import { countryOf } from '../protocol/country.ts';
import { defineOperation } from '../requests/operation.ts';

/**
 * Tells of a number. Deprecated by Sinch.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Applications/#tag/Applications/operation/calling_queryNumber
 */
export const queryNumber = defineOperation({
  operationId: 'calling_queryNumber',
  method: 'GET',
  path: '/v1/calling/query/number/{number}',
  body: 'none',
  handle: ({ params }) => {
    const number = (params['number'] ?? '').replace(/[\s().-]/g, '');
    requireLeadingPlus(number, 'number');
    return {
      status: 200,
      body: {
        method: 'numberItem',
        number: {
          countryId: countryOf(number),
          numberType: 'Unknown',
          normalizedNumber: number,
          restricted: false,
          rate: free,
        },
      },
    };
  },
});
