import { isObject, memberProblems, optionalFlag, optionalText, optionalWords, type Members } from '../rule-members.ts';
import type { Scheme } from '../scheme.ts';
import { vapiPlan, type VapiHmacPlan } from '../schemes/vapi.ts';

const members: Members<VapiHmacPlan> = {
  algorithm: ['sha256', 'sha512', 'sha1'],
  signatureHeader: optionalWords,
  timestampHeader: optionalWords,
  signaturePrefix: optionalText,
  includeTimestamp: optionalFlag,
  payloadFormat: optionalWords,
  messageIdHeader: optionalWords,
  signatureEncoding: {
    wanted: 'one of hex, base64',
    fits: (value) => value === 'hex' || value === 'base64',
    optional: true,
  },
  secretIsBase64: optionalFlag,
};

/** The plan in a JSON value: itself, or where a credential of Vapi has it. */
function planOf(value: unknown): Record<string, unknown> | undefined {
  const held = value as Record<string, unknown>;
  const plan = isObject(held?.['authenticationPlan']) ? (held['authenticationPlan'] as Record<string, unknown>) : held;
  return isObject(plan) && plan['type'] === 'hmac' ? plan : undefined;
}

/** Whether a JSON value is such a plan. */
export function isVapiPlan(value: unknown): boolean {
  return planOf(value) !== undefined;
}

/**
 * The scheme of a plan in JSON (`HMACAuthenticationPlan`).
 *
 * @throws TypeError naming a member that is missing, unknown or of another value than Vapi takes; what `vapiPlan` throws
 * @see https://docs.vapi.ai/server-url/server-authentication
 */
export function vapiPlanScheme(value: unknown): Scheme {
  const { type: _, secretKey: __, ...plan } = planOf(value) ?? {};
  const [problem] = memberProblems('authenticationPlan', plan, members);
  if (problem !== undefined) throw new TypeError(problem);
  return { ...vapiPlan(plan as unknown as VapiHmacPlan), id: 'vapi-plan' };
}
