import { integer, object, optional, string } from '../../../json-schema/schema.ts';
import { readDestination } from '../state/party.ts';
import { shapeCheck } from '../../kit/shape-check.ts';
import { conferenceDtmfOptions, conferenceIdText, dtmfText, musicOnHold, promptText } from '../svaml/fields.ts';
import { destination, domain, domainOf, enabled } from './callout-fields.ts';
import { readMember } from './callout-member.ts';
import { legTo, type CalloutKind } from './callout-plan.ts';

const check = shapeCheck(
  object({
    cli: optional(string()),
    destination,
    conferenceId: conferenceIdText,
    dtmf: optional(dtmfText),
    conferenceDtmfOptions: optional(conferenceDtmfOptions),
    maxDuration: optional(integer({ minimum: 1 })),
    locale: optional(string()),
    greeting: optional(promptText),
    mohClass: optional(musicOnHold),
    custom: optional(string()),
    domain: optional(domain),
    ...enabled,
  }),
);

/** A party that is called into a conference, after a greeting. */
export const conferenceCallout: CalloutKind = {
  title: 'Conference',
  plan: (value, forwardedHeaders) => {
    const member = readMember(value, check, 'conferenceCallout');
    const { cli = '', custom, dtmf, maxDuration, greeting, conferenceId, mohClass } = member;
    const to = readDestination(member.destination, 'conferenceCallout.destination');
    // Data calls get neither ACE nor DiCE.
    const isPhone = to.type !== 'username';
    return {
      details: {
        kind: 'call',
        origin: 'conference',
        from: cli,
        to,
        domain: domainOf(member.domain),
        forwardedHeaders,
        callbacks: {
          ace: isPhone && (member.enableAce ?? false),
          pie: isPhone && (member.enablePie ?? false),
          dice: isPhone && (member.enableDice ?? false),
        },
        inline: {},
        whenAnswered: {
          instructions:
            greeting === undefined ? [] : [{ name: 'say', text: greeting, locale: member.locale ?? 'en-US' }],
          action: {
            name: 'connectConf',
            conferenceId,
            conferenceDtmfOptions: member.conferenceDtmfOptions ?? {},
            ...(mohClass !== undefined && { moh: mohClass }),
          },
        },
        ...(custom !== undefined && { custom }),
        ...(dtmf !== undefined && { dtmf }),
        ...(maxDuration !== undefined && { maxDurationMs: maxDuration * 1000 }),
      },
      leg: legTo(to, cli),
    };
  },
};
