import { integer, object, optional, string } from '../../../json-schema/schema.ts';
import { readDestination } from '../state/party.ts';
import { SinchError } from '../protocol/errors.ts';
import { shapeCheck } from '../../kit/shape-check.ts';
import { dtmfText } from '../svaml/fields.ts';
import { destination, enabled } from './callout-fields.ts';
import { readMember } from './callout-member.ts';
import type { CalloutKind } from './callout-plan.ts';

const check = shapeCheck(
  object({
    cli: optional(string()),
    destination: optional(destination),
    dtmf: optional(dtmfText),
    custom: optional(string()),
    maxDuration: optional(integer({ minimum: 1 })),
    ice: optional(string({ minLength: 1 })),
    ace: optional(string({ minLength: 1 })),
    pie: optional(string({ minLength: 1 })),
    dice: optional(string({ minLength: 1 })),
    ...enabled,
  }),
);

/** A call that is controlled at each of its events: by the application's URLs, by its own, or by SVAML in place of an answer. */
export const customCallout: CalloutKind = {
  title: 'Custom',
  plan: (value, forwardedHeaders) => {
    const member = readMember(value, check, 'customCallout');
    const { cli = '', custom, dtmf, maxDuration, ice, ace, pie, dice } = member;
    const to = member.destination && readDestination(member.destination, 'customCallout.destination');
    if (to === undefined && ice === undefined) {
      throw new SinchError(40002, 'Bad request: customCallout.destination or customCallout.ice is missing');
    }
    return {
      details: {
        kind: 'call',
        origin: 'custom',
        from: cli,
        domain: to?.type === 'username' ? 'mxp' : 'pstn',
        forwardedHeaders,
        callbacks: {
          ace: member.enableAce ?? true,
          pie: member.enablePie ?? true,
          dice: member.enableDice ?? true,
        },
        inline: {
          ...(ice !== undefined && { ice }),
          ...(ace !== undefined && { ace }),
          ...(pie !== undefined && { pie }),
          ...(dice !== undefined && { dice }),
        },
        ...(to !== undefined && { to }),
        ...(custom !== undefined && { custom }),
        ...(dtmf !== undefined && { dtmf }),
        ...(maxDuration !== undefined && { maxDurationMs: maxDuration * 1000 }),
      },
      leg: undefined,
    };
  },
};
