import type { CallHeaders } from '../../../contract/call-headers.ts';

/**
 * The custom calling context of a request, for the timeline: what the party that is called gets along with the call.
 * Left out when there is nothing in it: SDKs send it always.
 */
export function customContextOf(headers: CallHeaders | undefined): { readonly customContext?: CallHeaders } {
  const { sipHeaders = {}, voipHeaders = {} } = headers ?? {};
  const isEmpty = Object.keys(sipHeaders).length === 0 && Object.keys(voipHeaders).length === 0;
  return isEmpty ? {} : { customContext: { sipHeaders, voipHeaders } };
}
