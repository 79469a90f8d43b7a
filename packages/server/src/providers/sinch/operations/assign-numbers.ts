import { array, choice, object, optional, string } from '../../../json-schema/schema.ts';
import { requireLeadingPlus } from '../state/party.ts';
import { SinchError } from '../protocol/errors.ts';
import { defineOperation } from '../requests/operation.ts';
import { bodyDecoder } from '../requests/request-body.ts';
import { namedApplication } from './named-application.ts';

const body = bodyDecoder(
  object({
    numbers: array(string(), { minItems: 1, maxItems: 100 }),
    applicationkey: optional(string()),
    applicationKey: optional(string()),
    capability: optional(choice(['voice', 'sms'])),
  }),
);

/**
 * Assigns numbers to an application: the one that asks, unless the body names another.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Applications/#tag/Applications/operation/configuration_updateNumbers
 */
export const assignNumbers = defineOperation({
  operationId: 'configuration_updateNumbers',
  method: 'POST',
  path: '/v1/configuration/numbers',
  body,
  handle: ({ account, body: asked }, { applications }) => {
    const { numbers, capability = 'voice', ...named } = asked;
    const applicationKey = namedApplication(named, account, applications);
    for (const [index, number] of numbers.entries()) requireLeadingPlus(number, `numbers[${index}]`);
    for (const [index, number] of numbers.entries()) {
      if (applications.assign(number, capability, applicationKey)) continue;
      throw new SinchError(42900, `There is no room for numbers[${index}] beside the numbers that are assigned`);
    }
    return { status: 204 };
  },
});
