import type { FastifyInstance } from 'fastify';
import { array, boolean, object, optional, string } from '../../../json-schema/schema.ts';
import type { AcsContext } from '../requests/context.ts';
import { newestApiVersion } from '../protocol/api-versions.ts';
import { authenticatorFor } from '../authentication/authenticate.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { derivedUuid } from '../protocol/derived-ids.ts';
import { reportDelivery, takeIncomingText } from './text-arrival.ts';
import { checkServiceVersion } from './service-version.ts';
import { refusedSender } from './text-sender.ts';

/** The versions of the SMS API that are accepted. */
const versions = ['2021-03-07'];

const body = bodyDecoder(
  object({
    from: string({ minLength: 1, maxLength: 256 }),
    smsRecipients: array(
      object({
        to: string(),
        repeatabilityRequestId: optional(string()),
        repeatabilityFirstSent: optional(string()),
      }),
      { minItems: 1, maxItems: 100 },
    ),
    message: string({ maxLength: 2048 }),
    smsSendOptions: optional(object({ enableDeliveryReport: boolean(), tag: optional(string()) })),
  }),
  'validation-error',
);

const e164 = /^\+[1-9]\d{1,14}$/;

/**
 * Registers the SMS API: each recipient is answered for itself. A message that is sent again, by its recipient's
 * repeatability id, has the same id. Messages arrive in the inboxes of their phones, unless these cannot be reached or the
 * fault `acs-sms` is switched on.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/sms/sms/send
 */
export function registerSmsRoutes(http: FastifyInstance, acs: AcsContext): void {
  const authenticate = authenticatorFor('resource', acs);
  http.post('/sms', async (request, reply) => {
    const account = await authenticate(request.message, request.exchange);
    const { resourceId } = account;
    checkServiceVersion(request.message, versions);
    const { from, smsRecipients, message, smsSendOptions } = body(request.message.body, newestApiVersion);
    const refused = refusedSender(from, account);
    if (refused) return reply.code(refused.statusCode).send(refused.body);
    const value = smsRecipients.map(({ to, repeatabilityRequestId: repeated }) => {
      if (!e164.test(to)) {
        return { to, httpStatusCode: 400, successful: false, errorMessage: 'Invalid To phone number format.' };
      }
      const unique = repeated === undefined ? acs.newId() : derivedUuid('sms', resourceId, to, repeated);
      const messageId = `Outgoing_${unique}`;
      const sent = { id: messageId, from, to, text: message, atMs: acs.clock.now() };
      const arrival = acs.fault('acs-sms') ? 'unreachable' : acs.deliverText?.(sent);
      if (arrival !== 'unreachable' && arrival !== 'repeated') takeIncomingText(sent, acs);
      // One that is sent again was received, and reported, already.
      if (arrival !== 'repeated' && smsSendOptions?.enableDeliveryReport) {
        const isDelivered = arrival !== 'unreachable';
        reportDelivery({ ...sent, tag: smsSendOptions.tag, isDelivered }, resourceId, acs);
      }
      return {
        to,
        messageId,
        httpStatusCode: 202,
        ...(repeated !== undefined && { repeatabilityResult: 'accepted' }),
        successful: true,
      };
    });
    return reply.code(202).send({ value });
  });
}
