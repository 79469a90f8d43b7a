/** A WebAssembly module taken apart: its code, and what its memory holds at the start. */
export interface WasmImage {
  /** The module without its data segments, and without custom sections such as those for debuggers. */
  readonly code: Uint8Array;
  /** In the order in which they are to be written. */
  readonly data: readonly DataSegment[];
}

/** Bytes of the module that stand in the memory when the program starts. */
export interface DataSegment {
  /** Where in the memory. */
  readonly offset: number;
  /** Where in the module. */
  readonly position: number;
  readonly length: number;
}

/** Fills `into` with the bytes of a module from `position` on. */
export type ReadModule = (into: Uint8Array, position: number) => void;

const HEADER_BYTES = 8;
const SECTION = { custom: 0, data: 11 } as const;
/** The only form of a data segment that linkers of programs write: memory 0, at a constant place. */
const ACTIVE_SEGMENT = 0;
const OPCODE = { i32Const: 0x41, end: 0x0b } as const;

/**
 * Takes a module apart, so that its memory can be filled by us: again whenever the program is to start afresh, and
 * without the copy of the data that an engine keeps with a module which it compiles.
 *
 * @param size the module's length in bytes
 * @throws TypeError if the module has a data segment whose place is not a constant
 * @see https://webassembly.github.io/spec/core/binary/modules.html
 */
export function readWasmImage(read: ReadModule, size: number): WasmImage {
  const reader = new WasmReader(read);
  const kept = [reader.bytes(HEADER_BYTES)];
  const data: DataSegment[] = [];
  while (reader.at < size) {
    const start = reader.at;
    const id = reader.byte();
    const end = reader.unsigned() + reader.at;
    if (id === SECTION.data) {
      data.push(...readDataSection(reader));
    } else if (id !== SECTION.custom) {
      reader.at = start;
      kept.push(reader.bytes(end - start));
    }
    reader.at = end;
  }
  return { code: Buffer.concat(kept), data };
}

function readDataSection(reader: WasmReader): DataSegment[] {
  return Array.from({ length: reader.unsigned() }, () => {
    const isConstant = reader.unsigned() === ACTIVE_SEGMENT && reader.byte() === OPCODE.i32Const;
    // Signed, which for places in the lower half of the memory reads the same.
    const offset = reader.unsigned();
    if (!isConstant || reader.byte() !== OPCODE.end) {
      throw new TypeError('a data segment of the WebAssembly module does not stand at a constant place of its memory');
    }
    const length = reader.unsigned();
    const position = reader.at;
    reader.at += length;
    return { offset, position, length };
  });
}

/** Reads no more of a module than is asked for: that of flite has 21 MB, of which 0.2 MB are code. */
class WasmReader {
  readonly #read: ReadModule;
  at = 0;

  constructor(read: ReadModule) {
    this.#read = read;
  }

  byte(): number {
    return this.bytes(1)[0] ?? 0;
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#read(bytes, this.at);
    this.at += length;
    return bytes;
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
