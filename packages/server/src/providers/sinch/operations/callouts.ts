import { object, string } from '../../../json-schema/schema.ts';
import { SinchError } from '../protocol/errors.ts';
import { endReasonByFault } from '../requests/faults.ts';
import { defineOperation, type OperationParts, type OperationRequest } from '../requests/operation.ts';
import { readJsonBody, shapeError } from '../requests/request-body.ts';
import { shapeCheck } from '../../kit/shape-check.ts';
import { conferenceCallout } from './conference-callout.ts';
import { customCallout } from './custom-callout.ts';
import { ttsCallout } from './tts-callout.ts';
import type { CalloutKind, CalloutPlan } from './callout-plan.ts';
import { readForwardedHeaders } from './forwarded-headers.ts';

const kinds: ReadonlyMap<string, CalloutKind> = new Map(
  Object.entries({ ttsCallout, conferenceCallout, customCallout }),
);

const check = shapeCheck(object({ method: string() }));

/**
 * Places a call.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Callouts/
 */
export const callouts = defineOperation({
  operationId: 'Callouts',
  method: 'POST',
  path: '/calling/v1/callouts',
  body: readJsonBody,
  handle: (request, parts) => {
    const { body } = request;
    const checked = check(body);
    if (!checked.ok) throw shapeError(checked);
    const { method } = checked.value;
    const kind = kinds.get(method);
    if (!kind) throw new SinchError(40001, 'Method needs to be `ttsCallout`, `conferenceCallout`, or `customCallout`');
    const member = (body as Record<string, unknown>)[method];
    if (member === undefined) throw new SinchError(40002, `Bad request: ${kind.title} callout information missing`);
    const plan = kind.plan(member, readForwardedHeaders(request.headers));
    const callId = parts.newId();
    request.about(callId);
    placeCall(callId, plan, request, parts);
    return { status: 200, body: { callId } };
  },
});

function placeCall(
  callId: string,
  { details, leg }: CalloutPlan,
  request: OperationRequest,
  parts: OperationParts,
): void {
  const failsWith = endReasonByFault(parts.fault);
  const legs = leg ? [{ leg: `${callId}.callee`, ...leg, ringTimeoutMs: parts.settings.ringTimeoutMs }] : [];
  const opened = parts.switchboard.dispatch(callId, {
    type: 'open-call',
    provider: 'sinch',
    account: request.account.applicationKey,
    details: { ...details, ...(failsWith !== undefined && { failsWith }) },
    legs,
  });
  if (opened.ok) return;
  if (opened.refused === 'limit-reached') throw new SinchError(42900, opened.summary);
  throw new SinchError(50000, opened.summary);
}
