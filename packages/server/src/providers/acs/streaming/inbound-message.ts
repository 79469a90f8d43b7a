/** What an application sends over a media stream. */
export type InboundMessage =
  | { readonly kind: 'audio'; /** From −1 to 1, at the stream's rate. */ readonly samples: Float32Array }
  | { readonly kind: 'stop' };

/**
 * Reads `AudioData` and `StopAudio`, whose members official SDKs write with small and with capital initials.
 *
 * @returns what is wrong with the message, in words, when it is neither
 * @see https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/audio-streaming-quickstart
 */
export function readInboundMessage(text: string): InboundMessage | string {
  const message = parse(text);
  const kind = member(message, 'kind');
  if (typeof kind !== 'string') return 'a message is a JSON object with a kind';
  if (kind.toLowerCase() === 'stopaudio') return { kind: 'stop' };
  if (kind.toLowerCase() !== 'audiodata') return `a message is AudioData or StopAudio, not ${kind}`;
  const data = member(member(message, 'audioData'), 'data');
  if (typeof data !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) {
    return 'the audioData.data of a message is base64';
  }
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length % 2 !== 0) return `audio is samples of two bytes each, not ${bytes.length} bytes`;
  return { kind: 'audio', samples: samplesOf(bytes) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A member by its name, whatever the case of the name. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function samplesOf(bytes: Buffer): Float32Array {
  const samples = new Float32Array(bytes.length / 2);
  for (let index = 0; index < samples.length; index++) samples[index] = bytes.readInt16LE(index * 2) / 32_767;
  return samples;
}
