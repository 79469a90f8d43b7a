/** The loudness of a stretch of audio, in bins of equal length from 0 to 1. */
export interface Waveform {
  readonly peaks: Float32Array;
  readonly durationMs: number;
}

/**
 * Reads a WAV file of 16-bit samples, one channel or two, into a waveform.
 *
 * @throws Error when it is no such file
 */
export function readWaveform(bytes: ArrayBuffer, bins: number): Waveform {
  const view = new DataView(bytes);
  if (bytes.byteLength < 44 || view.getUint32(0) !== 0x52494646) throw new Error('the audio is not a WAV file');
  const format = chunk(view, 0x666d7420);
  const data = chunk(view, 0x64617461);
  if (!format || !data) throw new Error('the WAV file has no audio in it');
  const channels = view.getUint16(format.at + 2, true);
  const rate = view.getUint32(format.at + 4, true);
  if (view.getUint16(format.at + 14, true) !== 16) throw new Error('the WAV file is not of 16-bit samples');
  const frames = Math.floor(Math.min(data.length, bytes.byteLength - data.at) / (2 * channels));
  const peaks = new Float32Array(bins);
  for (let frame = 0; frame < frames; frame++) {
    const level = Math.abs(view.getInt16(data.at + frame * 2 * channels, true)) / 32_768;
    const bin = Math.floor((frame * bins) / frames);
    if (level > (peaks[bin] ?? 0)) peaks[bin] = level;
  }
  return { peaks, durationMs: (frames / rate) * 1000 };
}

function chunk(view: DataView, id: number): { at: number; length: number } | undefined {
  for (let at = 12; at + 8 <= view.byteLength;) {
    const length = view.getUint32(at + 4, true);
    if (view.getUint32(at) === id) return { at: at + 8, length };
    at += 8 + length + (length % 2);
  }
  return undefined;
}
