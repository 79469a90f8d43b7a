import { unread } from '../../kit/body.ts';
import { object, optional, string } from '../../../json-schema/schema.ts';
import { SinchError } from '../protocol/errors.ts';
import { defineOperation, type OperationParts, type OperationRequest } from '../requests/operation.ts';
import { bodyDecoder } from '../requests/request-body.ts';

const path = '/v1/configuration/callbacks/applications/{applicationkey}';

const readBody = bodyDecoder(
  object({
    url: object({ primary: optional(string()), fallback: optional(string()) }),
  }),
);

/**
 * Tells where an application's callbacks go.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Applications/#tag/Applications/operation/configuration_getCallbackURLs
 */
export const getCallbackUrls = defineOperation({
  operationId: 'configuration_getCallbackURLs',
  method: 'GET',
  path,
  body: 'none',
  handle: (request, parts) => ({
    status: 200,
    body: { url: parts.applications.callbackUrls(applicationOf(request, parts)) },
  }),
});

/**
 * Sets where an application's callbacks go. An empty URL unsets it.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Applications/#tag/Applications/operation/configuration_updateCallbackURLs
 */
export const setCallbackUrls = defineOperation({
  operationId: 'configuration_updateCallbackURLs',
  method: 'POST',
  path,
  body: unread,
  handle: (request, parts) => {
    const applicationKey = applicationOf(request, parts);
    const { url } = readBody(request.body);
    const primary = checkUrl(url.primary ?? '', 'url.primary');
    const fallback = checkUrl(url.fallback ?? '', 'url.fallback');
    parts.applications.setCallbackUrls(applicationKey, { primary, fallback });
    return { status: 204 };
  },
});

/** Any application of the account may read and change the callbacks of all of them. */
function applicationOf({ params }: OperationRequest, { applications }: OperationParts): string {
  const applicationKey = params['applicationkey'] ?? '';
  if (applications.account(applicationKey)) return applicationKey;
  throw new SinchError(40400, `No application has the key '${applicationKey}'`);
}

function checkUrl(url: string, at: string): string {
  if (url === '' || (/^https?:\/\//i.test(url) && URL.canParse(url))) return url;
  throw new SinchError(40001, `Invalid parameters: ${at} "${url}" is not an http(s) URL`);
}
