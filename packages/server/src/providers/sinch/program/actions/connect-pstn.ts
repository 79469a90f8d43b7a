import { ringToneCountries } from '../../../../audio/ring-tones.ts';
import { boolean, choice, integer, object, optional, string, union } from '../../../../json-schema/schema.ts';
import { dial, shownNumber } from '../../calls/dial.ts';
import { failSvaml } from '../../calls/ending.ts';
import { isE164 } from '../../state/party.ts';
import { defineAction } from '../../calls/element.ts';
import { dtmfText, maxDurationSeconds } from '../../svaml/fields.ts';

/** Sinch's own example of answering machine detection writes `"true"`. */
const yesOrNo = union([boolean(), choice(['true', 'false'])]);

function isYes(value: boolean | 'true' | 'false' | undefined): boolean {
  return value === true || value === 'true';
}

/**
 * Rings a phone number and connects it.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/svaml/actions/#connectpstn
 */
export const connectPstn = defineAction({
  name: 'connectPstn',
  places: ['ice', 'pie'],
  fields: object({
    number: optional(string()),
    locale: optional(string()),
    maxDuration: optional(maxDurationSeconds),
    dialTimeout: optional(integer({ minimum: 1 })),
    cli: optional(string()),
    suppressCallbacks: optional(boolean()),
    dtmf: optional(dtmfText),
    indications: optional(choice([...ringToneCountries])),
    amd: optional(object({ enabled: optional(yesOrNo), async: optional(yesOrNo) })),
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
    const mode = isYes(amd?.async) ? 'asynchronous' : 'synchronous';
    dial(turn, {
      connection: {
        to: { type: 'number', endpoint: number },
        suppressCallbacks: action.suppressCallbacks ?? false,
        maxDurationMs: maxDuration === undefined ? undefined : maxDuration * 1000,
        dtmf: action.dtmf,
        detection: isYes(amd?.enabled) ? mode : 'off',
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
