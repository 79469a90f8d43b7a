import { Type } from 'typebox';
import { ringToneCountries } from '../../../../audio/ring-tones.ts';
import { dial, shownNumber } from '../../calls/dial.ts';
import { failSvaml } from '../../calls/ending.ts';
import { isE164 } from '../../calls/party.ts';
import { defineAction } from '../element.ts';
import { dtmfText, maxDurationSeconds } from '../fields.ts';

/**
 * Rings a phone number and connects it.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/svaml/actions/#connectpstn
 */
export const connectPstn = defineAction({
  name: 'connectPstn',
  places: ['ice', 'pie'],
  fields: Type.Object({
    number: Type.Optional(Type.String()),
    locale: Type.Optional(Type.String()),
    maxDuration: Type.Optional(maxDurationSeconds),
    dialTimeout: Type.Optional(Type.Integer({ minimum: 1 })),
    cli: Type.Optional(Type.String()),
    suppressCallbacks: Type.Optional(Type.Boolean()),
    dtmf: Type.Optional(dtmfText),
    indications: Type.Optional(Type.Enum([...ringToneCountries])),
    amd: Type.Optional(Type.Object({ enabled: Type.Optional(Type.Boolean()), async: Type.Optional(Type.Boolean()) })),
  }),
  run: (turn, action) => {
    const { to } = turn.state.details;
    const number = withPlus(action.number ?? (to?.type === 'sip' ? undefined : to?.endpoint));
    if (number === undefined) {
      failSvaml(turn, 'action: connectPstn has no number, and the call was not dialed to one');
      return;
    }
    if (!isE164(number)) {
      failSvaml(turn, `action.number "${number}" is no E.164 number: + and up to 15 digits`);
      return;
    }
    const { amd, dialTimeout, maxDuration } = action;
    const mode = amd?.async === true ? 'asynchronous' : 'synchronous';
    dial(turn, {
      connection: {
        to: { type: 'number', endpoint: number },
        suppressCallbacks: action.suppressCallbacks ?? false,
        maxDurationMs: maxDuration === undefined ? undefined : maxDuration * 1000,
        dtmf: action.dtmf,
        detection: amd?.enabled === true ? mode : 'off',
        callHeaders: [],
      },
      cli: shownNumber(turn, action.cli),
      ringTimeoutMs: dialTimeout === undefined ? undefined : dialTimeout * 1000,
      indications: action.indications,
    });
  },
});

/** Sinch's own examples leave the plus out here. */
function withPlus(number: string | undefined): string | undefined {
  return number !== undefined && /^\d/.test(number) ? `+${number}` : number;
}
