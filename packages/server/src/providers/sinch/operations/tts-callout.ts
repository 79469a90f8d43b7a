import { object, optional, string } from '../../../json-schema/schema.ts';
import { readDestination } from '../state/party.ts';
import { SinchError } from '../protocol/errors.ts';
import { parsePrompts } from '../svaml/prompts.ts';
import { shapeCheck } from '../../kit/shape-check.ts';
import { dtmfText, promptText } from '../svaml/fields.ts';
import type { SvamlElement } from '../svaml/svaml-object.ts';
import { destination, domain, domainOf, enabled } from './callout-fields.ts';
import { readMember } from './callout-member.ts';
import { legTo, type CalloutKind } from './callout-plan.ts';

const check = shapeCheck(
  object({
    cli: optional(string()),
    destination,
    dtmf: optional(dtmfText),
    domain: optional(domain),
    custom: optional(string()),
    locale: optional(string()),
    text: optional(promptText),
    prompts: optional(promptText),
    ...enabled,
  }),
);

/** A text, or prompts, spoken to whoever answers; then the call ends. */
export const ttsCallout: CalloutKind = {
  title: 'TTS',
  plan: (value, forwardedHeaders) => {
    const member = readMember(value, check, 'ttsCallout');
    const { cli = '', custom, dtmf } = member;
    const to = readDestination(member.destination, 'ttsCallout.destination');
    return {
      details: {
        kind: 'call',
        origin: 'tts',
        from: cli,
        to,
        domain: domainOf(member.domain),
        forwardedHeaders,
        callbacks: {
          ace: member.enableAce ?? false,
          pie: member.enablePie ?? false,
          dice: member.enableDice ?? false,
        },
        inline: {},
        whenAnswered: { instructions: [spoken(member)], action: { name: 'hangup' } },
        ...(custom !== undefined && { custom }),
        ...(dtmf !== undefined && { dtmf }),
      },
      leg: legTo(to, cli),
    };
  },
};

/** `prompts` where both are given, `text` otherwise. */
function spoken(member: { text?: string; prompts?: string; locale?: string }): SvamlElement {
  const locale = member.locale ?? 'en-US';
  if (member.prompts === undefined) {
    if (member.text === undefined)
      throw new SinchError(40002, 'Bad request: ttsCallout.text or ttsCallout.prompts is missing');
    return { name: 'say', text: member.text, locale };
  }
  const parsed = parsePrompts(member.prompts, {});
  if (!parsed.ok) throw new SinchError(40001, `Invalid parameters: ttsCallout.prompts: ${parsed.problem}`);
  return { name: 'playFiles', ids: [member.prompts], locale };
}
