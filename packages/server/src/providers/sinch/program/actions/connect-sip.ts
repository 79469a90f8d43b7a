import { boolean, object, optional, string } from '../../../../json-schema/schema.ts';
import { dial, shownNumber } from '../../calls/dial.ts';
import { defineAction } from '../../calls/element.ts';
import { callHeaders, callHeadersProblem, maxDurationSeconds, musicOnHold } from '../../svaml/fields.ts';
import { note, type SipNote } from '../../state/notes.ts';

/** Rings a SIP address and connects it. */
export const connectSip = defineAction({
  name: 'connectSip',
  places: ['ice', 'pie'],
  fields: object({
    destination: object({ type: optional(string()), endpoint: string({ minLength: 1 }) }),
    maxDuration: optional(maxDurationSeconds),
    cli: optional(string()),
    transport: optional(string({ pattern: '^([Uu][Dd][Pp]|[Tt][Cc][Pp]|[Tt][Ll][Ss])$' })),
    suppressCallbacks: optional(boolean()),
    callHeaders: optional(callHeaders),
    moh: optional(musicOnHold),
  }),
  problem: ({ callHeaders: headers }) => callHeadersProblem(headers),
  run: (
    turn,
    { destination, maxDuration, cli, suppressCallbacks, transport = 'UDP', moh, callHeaders: headers = [] },
  ) => {
    const invitation: SipNote = {
      to: destination.endpoint,
      transport: transport.toUpperCase(),
      callHeaders: headers,
      ...(moh !== undefined && { moh }),
    };
    turn.command(note('sinch-sip-invite', invitation));
    dial(turn, {
      connection: {
        to: { type: 'sip', endpoint: destination.endpoint },
        suppressCallbacks: suppressCallbacks ?? false,
        maxDurationMs: maxDuration === undefined ? undefined : maxDuration * 1000,
        dtmf: undefined,
        detection: 'off',
        callHeaders: headers,
      },
      cli: shownNumber(turn, cli),
      ringTimeoutMs: undefined,
    });
  },
});
