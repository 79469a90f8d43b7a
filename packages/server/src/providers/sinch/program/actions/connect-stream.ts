import { choice, literal, object, optional, string } from '../../../../json-schema/schema.ts';
import { dial, shownNumber } from '../../calls/dial.ts';
import { streamSampleRates } from '../../streaming/stream-protocol.ts';
import { defineAction } from '../../calls/element.ts';
import { callHeaders, callHeadersProblem, maxDurationSeconds } from '../../svaml/fields.ts';

/**
 * Connects the call to a WebSocket server, which hears and speaks raw audio. A closed beta of Sinch's.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/svaml/streams
 */
export const connectStream = defineAction({
  name: 'connectStream',
  places: ['ice'],
  fields: object({
    destination: object({ type: choice(['Websocket', 'websocket']), endpoint: string() }),
    streamingOptions: optional(
      object({
        version: optional(literal(1)),
        sampleRate: optional(choice([...streamSampleRates])),
      }),
    ),
    maxDuration: optional(maxDurationSeconds),
    callHeaders: optional(callHeaders),
  }),
  problem: ({ destination: { endpoint }, callHeaders: headers }) => {
    if (!/^wss?:\/\//i.test(endpoint) || !URL.canParse(endpoint)) {
      return `destination.endpoint "${endpoint}" is not a ws or wss URL`;
    }
    return callHeadersProblem(headers);
  },
  run: (turn, { destination, streamingOptions, maxDuration, callHeaders: headers = [] }) =>
    dial(turn, {
      connection: {
        to: { type: 'websocket', endpoint: destination.endpoint },
        suppressCallbacks: false,
        maxDurationMs: maxDuration === undefined ? undefined : maxDuration * 1000,
        dtmf: undefined,
        detection: 'off',
        callHeaders: headers,
        ...(streamingOptions?.sampleRate !== undefined && { sampleRateHz: streamingOptions.sampleRate }),
      },
      cli: shownNumber(turn, undefined),
      ringTimeoutMs: undefined,
    }),
});
