import { readJson } from '../protocol/json.ts';
import type { CallHeader } from '../svaml/svaml-object.ts';

/** Sample rates that `connectStream` may ask for, in hertz. */
export const streamSampleRates = [8_000, 16_000, 24_000, 44_100, 48_000, 96_000] as const;

/** What the audio of a stream is like when the SVAML does not say it. Assumed. */
export const defaultSampleRateHz = 16_000;

/** How the call is told of to the server of a stream. */
export interface StreamedCall {
  readonly callId: string;
  readonly applicationKey: string;
  readonly sampleRateHz: number;
  readonly callHeaders: readonly CallHeader[];
}

/**
 * The first message of a stream: it asks the server whether it takes the call.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/svaml/streams
 */
export function connectMessage({ callId, applicationKey, sampleRateHz, callHeaders }: StreamedCall): string {
  return JSON.stringify({
    command: 'connect',
    version: 1,
    callId,
    applicationKey,
    codec: 'PCM',
    sampleRate: sampleRateHz,
    callHeaders: Object.fromEntries(callHeaders.map(({ key = '', value = '' }) => [key, value])),
  });
}

/** What the server of a stream can say. */
export type StreamCommand = 'answer' | 'busy' | 'reject' | 'clear' | 'heartbeat';

const commands: readonly StreamCommand[] = ['answer', 'busy', 'reject', 'clear', 'heartbeat'];

/** Reads a text message of the server; `undefined` when it is no command. */
export function readStreamCommand(text: string): StreamCommand | undefined {
  const json = readJson(text);
  if (!json.ok || typeof json.value !== 'object' || json.value === null) return undefined;
  const { command } = json.value as { command?: unknown };
  return commands.find((known) => known === command);
}
