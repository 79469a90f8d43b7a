/**
 * What a finished WASI program left behind.
 */
export interface WasiOutcome {
  /** The program's exit status; 0 is success. */
  readonly exitCode: number;
  /** The file it wrote, or undefined if it opened none. */
  readonly file: Uint8Array | undefined;
  /** What it printed, standard output and standard error together. */
  readonly printed: string;
}

/** A compiled WebAssembly module; opaque here. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

interface WasmInstance {
  readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly _start: () => void };
}

// Neither the es2023 library nor @types/node declares WebAssembly, and the whole of DOM is too much to ask for it.
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(module: WasmModule, imports: Record<string, Record<string, unknown>>): Promise<WasmInstance>;
};

/** WASI error numbers, `errno` of https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md */
const ERRNO = { success: 0, badf: 8, noent: 44 } as const;
const FILETYPE = { characterDevice: 2, directory: 3, regularFile: 4 } as const;
const OPEN_CREATE = 1;
const ROOT_FD = 3;
const FILE_FD = 4;

class ExitSignal extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** A file in memory that grows as it is written. */
class MemoryFile {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  position = 0;

  get length(): number {
    return this.#length;
  }

  write(chunk: Uint8Array): void {
    const end = this.position + chunk.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(chunk, this.position);
    this.position = end;
    this.#length = Math.max(this.#length, end);
  }

  contents(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** Compiles a WebAssembly program for {@link runWasiProgram}. */
export function compileWasiProgram(bytes: Uint8Array): Promise<WasmModule> {
  return WebAssembly.compile(bytes);
}

/**
 * Runs a WASI preview 1 command to its end in a sandbox of our own: it sees its arguments, a clock that stands still,
 * and an empty directory `/` in which it may create one file, kept in memory. Nothing touches the disk.
 *
 * Why not `node:wasi`: on the supported versions of Node it keeps a stale pointer when the program's memory grows and
 * takes the whole process down with a segmentation fault, with this very program
 * (https://github.com/nodejs/node/issues/52402, https://github.com/nodejs/node/issues/46777).
 *
 * @param module from {@link compileWasiProgram}
 * @param args the argument vector, the program's name first; each is passed as UTF-8 and must not contain NUL
 * @throws WebAssembly.RuntimeError when the program traps
 */
export async function runWasiProgram(module: WasmModule, args: readonly string[]): Promise<WasiOutcome> {
  const encoder = new TextEncoder();
  const argBytes = args.map((arg) => encoder.encode(`${arg}\0`));
  const printed: Uint8Array[] = [];
  let file: MemoryFile | undefined;

  // Read anew on every use: growing the memory replaces its buffer.
  const view = (): DataView => new DataView(instance.exports.memory.buffer);
  const bytes = (): Uint8Array => new Uint8Array(instance.exports.memory.buffer);

  const host = {
    args_sizes_get(countPtr: number, sizePtr: number) {
      view().setUint32(countPtr, argBytes.length, true);
      view().setUint32(
        sizePtr,
        argBytes.reduce((sum, arg) => sum + arg.length, 0),
        true,
      );
      return ERRNO.success;
    },
    args_get(vectorPtr: number, bufferPtr: number) {
      let at = bufferPtr;
      argBytes.forEach((arg, index) => {
        view().setUint32(vectorPtr + index * 4, at, true);
        bytes().set(arg, at);
        at += arg.length;
      });
      return ERRNO.success;
    },
    clock_time_get(_clock: number, _precision: bigint, timePtr: number) {
      view().setBigUint64(timePtr, 0n, true);
      return ERRNO.success;
    },
    fd_prestat_get(fd: number, prestatPtr: number) {
      if (fd !== ROOT_FD) return ERRNO.badf;
      view().setUint32(prestatPtr, 0, true);
      view().setUint32(prestatPtr + 4, 1, true);
      return ERRNO.success;
    },
    fd_prestat_dir_name(fd: number, pathPtr: number) {
      if (fd !== ROOT_FD) return ERRNO.badf;
      bytes()[pathPtr] = '/'.charCodeAt(0);
      return ERRNO.success;
    },
    fd_fdstat_get(fd: number, statPtr: number) {
      const type = fd < ROOT_FD ? FILETYPE.characterDevice : fd === ROOT_FD ? FILETYPE.directory : FILETYPE.regularFile;
      if (fd > FILE_FD || (fd === FILE_FD && file === undefined)) return ERRNO.badf;
      bytes().fill(0, statPtr, statPtr + 24);
      view().setUint8(statPtr, type);
      view().setBigUint64(statPtr + 8, 0xffff_ffff_ffff_ffffn, true);
      view().setBigUint64(statPtr + 16, 0xffff_ffff_ffff_ffffn, true);
      return ERRNO.success;
    },
    fd_fdstat_set_flags: () => ERRNO.success,
    path_open(
      _dirFd: number,
      _lookup: number,
      _pathPtr: number,
      _pathLength: number,
      openFlags: number,
      _rights: bigint,
      _inheriting: bigint,
      _fdFlags: number,
      openedPtr: number,
    ) {
      if ((openFlags & OPEN_CREATE) === 0) return ERRNO.noent;
      file = new MemoryFile();
      view().setUint32(openedPtr, FILE_FD, true);
      return ERRNO.success;
    },
    fd_read(_fd: number, _vectors: number, _count: number, readPtr: number) {
      view().setUint32(readPtr, 0, true);
      return ERRNO.success;
    },
    fd_write(fd: number, vectorsPtr: number, count: number, writtenPtr: number) {
      let total = 0;
      for (let index = 0; index < count; index++) {
        const at = view().getUint32(vectorsPtr + index * 8, true);
        const length = view().getUint32(vectorsPtr + index * 8 + 4, true);
        const chunk = bytes().slice(at, at + length);
        if (fd === FILE_FD && file !== undefined) file.write(chunk);
        else if (fd < ROOT_FD) printed.push(chunk);
        else return ERRNO.badf;
        total += length;
      }
      view().setUint32(writtenPtr, total, true);
      return ERRNO.success;
    },
    fd_seek(fd: number, offset: bigint, whence: number, positionPtr: number) {
      if (fd !== FILE_FD || file === undefined) return ERRNO.badf;
      const base = [0, file.position, file.length][whence] ?? 0;
      file.position = base + Number(offset);
      view().setBigUint64(positionPtr, BigInt(file.position), true);
      return ERRNO.success;
    },
    fd_close: () => ERRNO.success,
    proc_exit(code: number): never {
      throw new ExitSignal(code);
    },
  };

  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: host });
  const exitCode = runToExit(instance);
  const decoder = new TextDecoder();
  return { exitCode, file: file?.contents(), printed: printed.map((chunk) => decoder.decode(chunk)).join('') };
}

function runToExit(instance: WasmInstance): number {
  try {
    instance.exports._start();
    return 0;
  } catch (error) {
    if (error instanceof ExitSignal) return error.code;
    throw error;
  }
}
