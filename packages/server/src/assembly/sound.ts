import { createAudioThreads } from '../audio/audio-threads.ts';
import { createDownload } from '../audio/download.ts';
import { LiveAudio } from '../audio/live-audio.ts';
import { MediaStore } from '../audio/media-store.ts';
import type { MediaLookup } from '../audio/timeline.ts';
import type { Config } from '../config/config-schema.ts';
import type { FaultSetting } from '../contract/fault.ts';
import type { OutboundGuard } from '../outbound/outbound-guard.ts';
import { promptMedia, spokenBefore } from './prompt-media.ts';
import type { ProviderContext } from '../providers/provider-context.ts';
import type { SpeechEngine } from '../speech/engine.ts';
import { engineByLanguage } from '../speech/engine-by-language.ts';
import { createEspeakEngine } from '../speech/espeak/espeak-engine.ts';
import { createFliteEngine } from '../speech/flite/flite-engine.ts';
import { Speaker } from '../speech/synthesize.ts';
import type { KnownMedia, PrepareMedia } from '../switchboard/effects.ts';
import { defined } from './defined.ts';

/** Where audio is kept, and what makes it. */
export interface Sound {
  readonly media: MediaStore;
  readonly liveAudio: LiveAudio;
  readonly lookup: MediaLookup;
  readonly encodeMp3: NonNullable<ProviderContext['encodeMp3']>;
  readonly prepareMedia: PrepareMedia;
  readonly knownMedia: KnownMedia;
  readonly closeSpeech: () => Promise<void>;
  /** Stops the audio threads, which may still be writing recordings while the rest closes. */
  readonly closeAudio: () => Promise<void>;
}

/** Makes the audio of a server: stores, speech, downloads, threads. */
export function createSound(
  { limits = {} }: Config,
  directory: string,
  guard: OutboundGuard,
  fault: (name: string) => FaultSetting | undefined,
): Sound {
  const media = new MediaStore(defined({ maxSeconds: limits.mediaSeconds, maxBytes: limits.mediaBytes }));
  const liveAudio = new LiveAudio(media);
  const speech = installedSpeech(directory);
  const audio = createAudioThreads();
  const download = createDownload({ decode: audio.decode, guard });
  const speaker = new Speaker({ engine: speech, store: media, download });
  return {
    media,
    liveAudio,
    lookup: (id) => liveAudio.get(id) ?? media.get(id),
    encodeMp3: audio.encodeMp3,
    prepareMedia: promptMedia({ speaker, store: media, download, fault }),
    knownMedia: spokenBefore({ speaker, fault }),
    closeSpeech: () => speech.close(),
    closeAudio: () => audio.close(),
  };
}

/** Flite, and eSpeak NG for the languages that Flite lacks, where its package is installed beside the server or the configuration. */
function installedSpeech(directory: string): SpeechEngine {
  const espeak = createEspeakEngine({ lookIn: [directory, process.cwd()] });
  const flite = createFliteEngine();
  return espeak ? engineByLanguage(flite, espeak) : flite;
}
