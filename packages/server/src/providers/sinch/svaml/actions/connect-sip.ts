import { Type } from 'typebox';
import { dial, shownNumber } from '../../calls/dial.ts';
import { defineAction } from '../element.ts';
import { callHeaders, maxDurationSeconds, maxHeaderBytes, musicOnHold, pairBytes } from '../fields.ts';

/** Rings a SIP address and connects it. */
export const connectSip = defineAction({
  name: 'connectSip',
  places: ['ice', 'pie'],
  fields: Type.Object({
    destination: Type.Object({ type: Type.Optional(Type.String()), endpoint: Type.String({ minLength: 1 }) }),
    maxDuration: Type.Optional(maxDurationSeconds),
    cli: Type.Optional(Type.String()),
    transport: Type.Optional(Type.String({ pattern: '^([Uu][Dd][Pp]|[Tt][Cc][Pp]|[Tt][Ll][Ss])$' })),
    suppressCallbacks: Type.Optional(Type.Boolean()),
    callHeaders: Type.Optional(callHeaders),
    moh: Type.Optional(musicOnHold),
  }),
  problem: ({ callHeaders: headers = [] }) =>
    pairBytes(headers) > maxHeaderBytes ? `callHeaders have more than ${maxHeaderBytes} bytes` : undefined,
  run: (turn, { destination, maxDuration, cli, suppressCallbacks, callHeaders: headers = [] }) =>
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
    }),
});
