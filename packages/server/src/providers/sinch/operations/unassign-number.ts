import { choice, object, optional, string } from '../../../json-schema/schema.ts';
import { SinchError } from '../protocol/errors.ts';
import { defineOperation } from '../requests/operation.ts';
import { bodyDecoder } from '../requests/request-body.ts';
import { namedApplication } from './named-application.ts';

const body = bodyDecoder(
  object({
    number: string(),
    applicationkey: optional(string()),
    applicationKey: optional(string()),
    capability: optional(choice(['voice', 'sms'])),
  }),
);

/**
 * Takes a number from an application. The request is a DELETE with a body.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Applications/#tag/Applications/operation/configuration_unassignNumber
 */
export const unassignNumber = defineOperation({
  operationId: 'configuration_unassignNumber',
  method: 'DELETE',
  path: '/v1/configuration/numbers',
  body,
  handle: ({ account, body: asked }, { applications }) => {
    const { number, capability = 'voice', ...named } = asked;
    const applicationKey = namedApplication(named, account, applications);
    if (!applications.unassign(number, capability, applicationKey)) {
      throw new SinchError(40400, `The number ${number} is not assigned to the application for ${capability}`);
    }
    return { status: 204 };
  },
});
