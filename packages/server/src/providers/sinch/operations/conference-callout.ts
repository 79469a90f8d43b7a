import { Type } from 'typebox';
import { readDestination } from '../calls/party.ts';
import { shapeCheck } from '../shape.ts';
import { conferenceDtmfOptions, conferenceIdText, dtmfText, musicOnHold, promptText } from '../svaml/fields.ts';
import { destination, domain, domainOf, enabled } from './callout-fields.ts';
import { readMember } from './callout-member.ts';
import { legTo, type CalloutKind } from './callout-plan.ts';

const check = shapeCheck(
  Type.Object({
    cli: Type.Optional(Type.String()),
    destination,
    conferenceId: conferenceIdText,
    dtmf: Type.Optional(dtmfText),
    conferenceDtmfOptions: Type.Optional(conferenceDtmfOptions),
    maxDuration: Type.Optional(Type.Integer({ minimum: 1 })),
    locale: Type.Optional(Type.String()),
    greeting: Type.Optional(promptText),
    mohClass: Type.Optional(musicOnHold),
    custom: Type.Optional(Type.String()),
    domain: Type.Optional(domain),
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
