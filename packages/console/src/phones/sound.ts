/** The rate of everything that the server speaks, so that pieces of it join without a seam. */
const sampleRate = 16_000;

let context: AudioContext | undefined;

/** Where everything sounds. It is silent until `allowSound`. */
export function soundContext(): AudioContext {
  context ??= new AudioContext({ sampleRate });
  return context;
}

/** Browsers let a page sound only after somebody has done something in it: call this where they do. */
export function allowSound(): void {
  void soundContext().resume();
}
