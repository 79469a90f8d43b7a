/** A WebAssembly module taken apart: its code, and what its memory holds at the start. */
export interface WasmImage {
  /** The module without its data segments, and without custom sections such as those for debuggers. */
  readonly code: Uint8Array<ArrayBuffer>;
  /** In the order in which they are to be written. The bytes are views of the module's. */
  readonly data: readonly DataSegment[];
}

/** Bytes that stand at a place of the memory when the program starts. */
export interface DataSegment {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const HEADER_BYTES = 8;
const SECTION = { custom: 0, data: 11 } as const;
/** The only form of a data segment that linkers of programs write: memory 0, at a constant place. */
const ACTIVE_SEGMENT = 0;
const OPCODE = { i32Const: 0x41, end: 0x0b } as const;

/**
 * Takes a module apart, so that its memory can be filled by us: again whenever the program is to start afresh, and
 * without a second copy of the data, which an engine keeps with a module that it compiles.
 *
 * @throws TypeError if the module has a data segment whose place is not a constant
 * @see https://webassembly.github.io/spec/core/binary/modules.html
 */
export function splitWasmImage(module: Uint8Array): WasmImage {
  const kept = [module.subarray(0, HEADER_BYTES)];
  const data: DataSegment[] = [];
  const reader = new WasmReader(module, HEADER_BYTES);
  while (!reader.isAtEnd) {
    const start = reader.at;
    const id = reader.byte();
    const content = reader.bytes(reader.unsigned());
    if (id === SECTION.data) data.push(...readDataSection(content));
    else if (id !== SECTION.custom) kept.push(module.subarray(start, reader.at));
  }
  return { code: new Uint8Array(Buffer.concat(kept)), data };
}

function readDataSection(section: Uint8Array): DataSegment[] {
  const reader = new WasmReader(section);
  return Array.from({ length: reader.unsigned() }, () => {
    const isConstant = reader.unsigned() === ACTIVE_SEGMENT && reader.byte() === OPCODE.i32Const;
    // Signed, which for places in the lower half of the memory reads the same.
    const offset = reader.unsigned();
    if (!isConstant || reader.byte() !== OPCODE.end) {
      throw new TypeError('a data segment of the WebAssembly module does not stand at a constant place of its memory');
    }
    return { offset, bytes: reader.bytes(reader.unsigned()) };
  });
}

class WasmReader {
  readonly #source: Uint8Array;
  at: number;

  constructor(source: Uint8Array, at = 0) {
    this.#source = source;
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#source.length;
  }

  byte(): number {
    return this.#source[this.at++] ?? 0;
  }

  bytes(length: number): Uint8Array {
    return this.#source.subarray(this.at, (this.at += length));
  }

  /** An integer in LEB128, seven bits a byte, the least first. */
  unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
}
