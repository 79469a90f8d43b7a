import { describe, expect, it } from 'vitest';
import { MediaStore } from '../../src/audio/media-store.ts';
import { pcmOf } from '../../src/audio/pcm.ts';
import { type SpeechEngine, SpeechError } from '../../src/speech/engine.ts';
import { speakPieces } from '../../src/speech/speak-pieces.ts';
import { splitText } from '../../src/speech/split-text.ts';
import { Speaker } from '../../src/speech/synthesize.ts';
import type { Askers } from '../../src/threads/askers.ts';
import { FairGate } from '../../src/threads/fair-gate.ts';
import { wish } from '../switchboard/wish-under-test.ts';

/** An engine of one thread that speaks when it is told to: one turn is one piece of text. */
class SteppedEngine implements SpeechEngine {
  readonly name = 'stepped';
  readonly spoken: string[] = [];
  readonly #thread = new FairGate(1);
  #finish: (() => void) | undefined;

  chooseVoice() {
    return { voice: 'one' };
  }

  synthesize({ text }: { readonly text: string }, askers: Askers) {
    return speakPieces(splitText(text, 300), 1, async (piece) => {
      const pcm = await this.#thread.run(askers, async () => {
        this.spoken.push(piece);
        await new Promise<void>((resolve) => (this.#finish = resolve));
        return pcmOf(new Int16Array(16 * piece.length));
      });
      if (pcm === undefined) throw new SpeechError('nobody asks');
      return pcm;
    });
  }

  /** Finishes the piece that is being spoken. */
  async turn(): Promise<void> {
    const finish = this.#finish;
    this.#finish = undefined;
    finish?.();
    await new Promise(setImmediate);
  }

  async close() {}
}

const long = 'This is one sentence of a very long text that somebody has written. '.repeat(150);

function start() {
  const engine = new SteppedEngine();
  const store = new MediaStore();
  return { engine, speaker: new Speaker({ engine, store }) };
}

/** How many pieces are spoken until a promise is settled. */
async function turnsUntil(engine: SteppedEngine, promise: Promise<unknown>): Promise<number> {
  const state = { done: false };
  const settle = (): void => {
    state.done = true;
  };
  void promise.then(settle, settle);
  await new Promise(setImmediate);
  let turns = 0;
  for (; !state.done && turns < 1000; turns++) await engine.turn();
  return turns;
}

describe('the speech of many calls', () => {
  it('keeps a short prompt waiting for one piece of another call’s long text, no more', async () => {
    const { engine, speaker } = start();
    const talk = speaker.speak({ text: long }, {}, wish('long').wanted);
    await new Promise(setImmediate);
    expect(splitText(long, 300).length).toBeGreaterThan(30);
    for (let turn = 0; turn < 3; turn++) await engine.turn();
    expect(await turnsUntil(engine, speaker.speak({ text: 'Hello.' }, {}, wish('short').wanted))).toBe(2);
    expect(engine.spoken.at(-2)).toBe('Hello.');
    await turnsUntil(engine, talk);
    expect((await talk).text).toBe(long);
  });

  it('lets every call have its turn, whichever asks for many prompts', async () => {
    const { engine, speaker } = start();
    for (let index = 0; index < 50; index++) {
      void speaker.speak({ text: `Prompt ${index}.` }, {}, wish('greedy').wanted).catch(() => {});
    }
    await new Promise(setImmediate);
    const others = ['b', 'c', 'd'].map((line) => speaker.speak({ text: `For ${line}.` }, {}, wish(line).wanted));
    expect(await turnsUntil(engine, Promise.all(others))).toBeLessThanOrEqual(8);
  });

  it('lets the words that a greedy call waits for too come when it is another call’s turn', async () => {
    const { engine, speaker } = start();
    for (let index = 0; index < 50; index++) {
      void speaker.speak({ text: `Prompt ${index}.` }, {}, wish('greedy').wanted).catch(() => {});
    }
    await new Promise(setImmediate);
    expect(await turnsUntil(engine, speaker.speak({ text: 'Prompt 49.' }, {}, wish('modest').wanted))).toBe(2);
    expect(engine.spoken.filter((text) => text === 'Prompt 49.')).toHaveLength(1);
  });

  it('speaks no more of a prompt that was given up', async () => {
    const { engine, speaker } = start();
    const given = wish('a');
    const talk = speaker.speak({ text: long }, {}, given.wanted);
    await new Promise(setImmediate);
    await engine.turn();
    given.giveUp();
    await expect(talk).rejects.toThrow(SpeechError);
    for (let turn = 0; turn < 5; turn++) await engine.turn();
    expect(engine.spoken).toHaveLength(2);
  });

  it('goes on for those who still want what another has given up, and begins again for who comes later', async () => {
    const { engine, speaker } = start();
    const [one, two] = [wish('a'), wish('b')];
    const first = speaker.speak({ text: 'Hello.' }, {}, one.wanted);
    const second = speaker.speak({ text: 'Hello.' }, {}, two.wanted);
    await new Promise(setImmediate);
    one.giveUp();
    await expect(first).rejects.toThrow(SpeechError);
    await turnsUntil(engine, second);
    expect((await second).text).toBe('Hello.');
    expect(engine.spoken).toEqual(['Hello.']);

    const third = wish('a');
    const given = speaker.speak({ text: 'Good day.' }, {}, third.wanted);
    await new Promise(setImmediate);
    third.giveUp();
    await expect(given).rejects.toThrow(SpeechError);
    const again = speaker.speak({ text: 'Good day.' }, {}, wish('b').wanted);
    await turnsUntil(engine, again);
    expect((await again).text).toBe('Good day.');
  });

  it('begins nothing for whom has given up before', async () => {
    const { engine, speaker } = start();
    const given = wish('a');
    given.giveUp();
    const attempt = speaker.speak({ text: 'Hello.' }, {}, given.wanted);
    await expect(attempt).rejects.toThrow(SpeechError);
    expect(engine.spoken.length).toBeLessThanOrEqual(1);
  });
});
