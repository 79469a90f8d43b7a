import { describe, expect, it } from 'vitest';
import { readWasmImage } from '../../src/speech/flite/wasm-image.ts';

// Sections as the binary format of WebAssembly has them: an id, the length of what follows, the contents.
const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const memorySection = [5, 3, 1, 0x00, 2];
const customSection = [0, 5, 4, ...Buffer.from('name')];
const moduleOf = (...sections: number[][]) => Uint8Array.from([...header, ...sections.flat()]);
const takeApart = (module: Uint8Array) =>
  readWasmImage((into, position) => into.set(module.subarray(position, position + into.length)), module.length);

describe('a WebAssembly module taken apart', () => {
  it('gives the data with its places, and the code without it', () => {
    // Two segments of memory 0: "Hi" at 1024 (LEB128: 80 08), "!" at 3.
    const segments = [2, 0, 0x41, 0x80, 0x08, 0x0b, 2, ...Buffer.from('Hi'), 0, 0x41, 3, 0x0b, 1, ...Buffer.from('!')];
    const data = [11, segments.length, ...segments];
    const module = moduleOf(memorySection, customSection, data);
    const image = takeApart(module);
    expect([...image.code]).toEqual([...header, ...memorySection]);
    const read = image.data.map(({ offset, position, length }) => [
      offset,
      Buffer.from(module.subarray(position, position + length)).toString(),
    ]);
    expect(read).toEqual([
      [1024, 'Hi'],
      [3, '!'],
    ]);
  });

  it('keeps a module that has neither data nor custom sections as it is', () => {
    const module = moduleOf(memorySection);
    const { code, data } = takeApart(module);
    expect([...code]).toEqual([...module]);
    expect(data).toEqual([]);
  });

  it.each([
    ['whose place is a global', [0, 0x23, 0, 0x0b, 0]],
    ['that the program writes itself', [1, 1, 0x21]],
  ])('refuses a segment %s', (_what, segment) => {
    const section = [11, segment.length + 1, 1, ...segment];
    expect(() => takeApart(moduleOf(section))).toThrow(
      'a data segment of the WebAssembly module does not stand at a constant place of its memory',
    );
  });
});
