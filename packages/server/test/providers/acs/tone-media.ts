import type { MediaStore } from '../../../src/audio/media-store.ts';
import { type Pcm, pcmOf } from '../../../src/audio/pcm.ts';
import type { Prompt } from '../../../src/engine/call.ts';
import type { FaultSetting } from '../../../src/contract/fault.ts';
import type { PrepareMedia } from '../../../src/switchboard/effects.ts';

/** Audio of the right length: a tone whose height tells prompts apart. */
export function toneMedia(faults: ReadonlyMap<string, FaultSetting>, media: MediaStore): PrepareMedia {
  return async (prompt) => {
    const speaks = prompt.kind === 'text' || prompt.kind === 'ssml';
    const fault = faults.get('speech');
    if (speaks && fault) {
      const detail = 'the fault "speech" is switched on';
      return { failed: 'synthesis', detail, ...(fault.status !== undefined && { status: fault.status }) };
    }
    if (prompt.kind === 'file' && prompt.uri.includes('missing')) return { failed: 'download', detail: '404' };
    if (prompt.kind === 'file' && prompt.uri.includes('picture')) return { failed: 'format', detail: 'a picture' };
    const durationMs = lengthOf(prompt);
    return { media: media.put(tone(heightHz(prompt), durationMs), { label: JSON.stringify(prompt) }), durationMs };
  };
}

function lengthOf(prompt: Prompt): number {
  switch (prompt.kind) {
    case 'text':
      return prompt.text.length * 50;
    case 'ssml':
      return 2000;
    case 'file':
      return 3000;
    case 'tones':
      return prompt.tones.length * 100;
    case 'music':
      return 10_000;
    case 'ring-tone':
      return 5000;
    case 'beep':
      return 400;
  }
}

/** Text sounds at 400 Hz, what a phone says at 800 Hz (it says text, too, but in capitals), everything else at 1200 Hz. */
function heightHz(prompt: Prompt): number {
  if (prompt.kind !== 'text') return 1200;
  return prompt.text === prompt.text.toUpperCase() ? 800 : 400;
}

function tone(hz: number, durationMs: number): Pcm {
  const samples = new Int16Array(durationMs * 16);
  for (let index = 0; index < samples.length; index++)
    samples[index] = 8000 * Math.sin((2 * Math.PI * hz * index) / 16_000);
  return pcmOf(samples);
}
