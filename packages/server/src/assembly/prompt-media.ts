import type { Download } from '../audio/download.ts';
import { holdMusic } from '../audio/hold-music.ts';
import type { MediaId } from '../audio/media-id.ts';
import type { MediaStore } from '../audio/media-store.ts';
import { durationMs, type Pcm } from '../audio/pcm.ts';
import { ringTone } from '../audio/ring-tones.ts';
import { beep, dtmf } from '../audio/tones.ts';
import type { Prompt, ReadyMedia } from '../engine/call.ts';
import type { FaultSetting } from '../contract/fault.ts';
import { SsmlError } from '../speech/ssml-error.ts';
import type { Speaker, SpokenPrompt as Spoken } from '../speech/synthesize.ts';
import type { Wanted } from '../switchboard/awaited-media.ts';
import type { FailedMedia, KnownMedia, PrepareMedia } from '../switchboard/effects.ts';
import { Askers } from '../threads/askers.ts';

export interface PromptMediaParts {
  readonly speaker: Speaker;
  readonly store: MediaStore;
  readonly download: Download;
  /** Faults: `speech` makes synthesis fail, `media` downloads. */
  readonly fault: (name: string) => FaultSetting | undefined;
}

type SpokenPrompt = Extract<Prompt, { kind: 'text' | 'ssml' }>;

function readyText({ media, durationMs: lengthMs, substituted, shortcomings }: Spoken): ReadyMedia {
  return {
    media,
    durationMs: lengthMs,
    ...(substituted && { substituted }),
    ...(shortcomings.length > 0 && { shortcomings }),
  };
}

function readySsml(spoken: Spoken): ReadyMedia {
  const { media, durationMs: lengthMs, ...more } = readyText(spoken);
  return { media, durationMs: lengthMs, text: spoken.text.replace(/\s+/g, ' ').trim(), ...more };
}

function failedSpeech(error: unknown): FailedMedia {
  if (error instanceof SsmlError) return { failed: 'format', detail: error.message };
  return { failed: 'synthesis', detail: (error as Error).message };
}

/** Finds the words of a text that were spoken before. */
export function spokenBefore({ speaker, fault }: Pick<PromptMediaParts, 'speaker' | 'fault'>): KnownMedia {
  return (prompt) => {
    if (prompt.kind !== 'text' || fault('speech')) return undefined;
    const spoken = speaker.known(prompt.text, prompt.voice);
    return spoken && readyText(spoken);
  };
}

/** Makes the audio of every kind of prompt and puts it into the media store. */
export function promptMedia(parts: PromptMediaParts): PrepareMedia {
  const { speaker, store, download, fault } = parts;
  const keep = (pcm: Pcm, label: string, known?: MediaId): ReadyMedia | FailedMedia => {
    const lengthMs = durationMs(pcm);
    if (lengthMs === 0) return { failed: 'empty', detail: `${label} has no audio in it` };
    return { media: store.put(pcm, { label }, known), durationMs: lengthMs };
  };
  // No async function: its suspended state would be kept for each call that waits for the same words.
  const speak = (prompt: SpokenPrompt, wish: Wanted): Promise<ReadyMedia | FailedMedia> => {
    const off = fault('speech');
    if (off) {
      const { status } = off;
      const detail = 'the fault "speech" is switched on';
      return Promise.resolve({ failed: 'synthesis', detail, ...(status !== undefined && { status }) });
    }
    const { voice } = prompt;
    return prompt.kind === 'text'
      ? speaker.speak({ text: prompt.text }, voice, wish).then(readyText, failedSpeech)
      : speaker.speak({ ssml: prompt.ssml }, voice, wish).then(readySsml, failedSpeech);
  };
  const fetchFile = async (uri: string, wish: Wanted): Promise<ReadyMedia | FailedMedia> => {
    if (fault('media')) return { failed: 'download', detail: 'the fault "media" is switched on' };
    const askers = new Askers(wish);
    const leave = (): void => askers.leave(wish);
    wish.whenGivenUp(leave);
    if (wish.isGivenUp) leave();
    const downloaded = await download(uri, askers);
    return downloaded.ok
      ? keep(downloaded.pcm, uri, downloaded.media)
      : { failed: downloaded.reason, detail: downloaded.detail };
  };
  const keys = (tones: string): ReadyMedia | FailedMedia => {
    try {
      return keep(dtmf(tones), `keys ${tones}`);
    } catch (error) {
      return { failed: 'synthesis', detail: (error as Error).message };
    }
  };
  return async (prompt, wish) => {
    switch (prompt.kind) {
      case 'text':
      case 'ssml':
        return speak(prompt, wish);
      case 'file':
        if (prompt.missing !== undefined) return { failed: 'download', detail: prompt.missing };
        return fetchFile(prompt.uri, wish);
      case 'tones':
        return keys(prompt.tones);
      case 'music':
        return keep(holdMusic(prompt.name), `hold music${prompt.name === undefined ? '' : ` ${prompt.name}`}`);
      case 'ring-tone':
        return keep(ringTone(prompt.country), `ring tone ${prompt.country}`);
      case 'beep':
        return keep(beep(), 'beep');
    }
  };
}
