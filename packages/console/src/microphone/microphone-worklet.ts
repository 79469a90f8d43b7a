import { PcmFrames } from './pcm-frames.ts';

// Runs on the browser's audio thread, where the library of types has no words for what there is.
declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** Hands what the microphone gives to the page, in frames as the server takes them. */
class MicrophoneFrames extends AudioWorkletProcessor {
  readonly #frames = new PcmFrames(sampleRate, (frame) => this.port.postMessage(frame.buffer, [frame.buffer]));

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const [channel] = input ?? [];
    if (channel) this.#frames.push(channel);
    return true;
  }
}

registerProcessor('microphone-frames', MicrophoneFrames);
