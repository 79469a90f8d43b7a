import type { SpeechEngine } from './engine.ts';
import type { VoiceRequest } from './segments.ts';

/**
 * Several engines as one. A text is spoken by the first that has what was asked for; where none has, the first of all
 * speaks as a substitute.
 */
export function engineByLanguage(first: SpeechEngine, ...others: readonly SpeechEngine[]): SpeechEngine {
  const engines = [first, ...others];
  const engineFor = (asked: VoiceRequest): SpeechEngine =>
    engines.find((engine) => engine.chooseVoice(asked).substituted === undefined) ?? first;
  return {
    name: engines.map(({ name }) => name).join(', '),
    chooseVoice: (asked) => engineFor(asked).chooseVoice(asked),
    synthesize: (segment, askers) => engineFor(segment.voice).synthesize(segment, askers),
    close: async () => {
      await Promise.all(engines.map((engine) => engine.close()));
    },
  };
}
