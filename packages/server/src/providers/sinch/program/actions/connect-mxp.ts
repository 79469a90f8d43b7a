import { object, optional, string } from '../../../../json-schema/schema.ts';
import { dial, shownNumber } from '../../calls/dial.ts';
import { failSvaml } from '../../calls/ending.ts';
import { defineAction } from '../../calls/element.ts';
import { callHeaders, callHeadersProblem } from '../../svaml/fields.ts';

/** Rings a user of the In-app SDK. Such a data call gets no ACE. */
export const connectMxp = defineAction({
  name: 'connectMxp',
  places: ['ice'],
  fields: object({
    destination: optional(object({ type: optional(string()), endpoint: string() })),
    callHeaders: optional(callHeaders),
    // The Java SDK's spelling.
    callheaders: optional(callHeaders),
  }),
  problem: ({ callHeaders: headers, callheaders }) => callHeadersProblem(headers ?? callheaders),
  run: (turn, { destination, callheaders = [], callHeaders: headers = callheaders }) => {
    const { to } = turn.state.details;
    const endpoint = destination?.endpoint ?? (to?.type === 'username' ? to.endpoint : undefined);
    if (endpoint === undefined) {
      failSvaml(turn, 'action: connectMxp has no destination, and the call was not made to a user');
      return;
    }
    dial(turn, {
      connection: {
        to: { type: 'username', endpoint },
        suppressCallbacks: false,
        maxDurationMs: undefined,
        dtmf: undefined,
        detection: 'off',
        callHeaders: headers,
      },
      cli: shownNumber(turn, undefined),
      ringTimeoutMs: undefined,
    });
  },
});
