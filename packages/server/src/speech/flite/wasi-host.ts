import { MemoryFile } from './memory-file.ts';

/** WASI error numbers, `errno` of https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md */
const ERRNO = { success: 0, badf: 8, noent: 44 } as const;
const FILETYPE = { characterDevice: 2, directory: 3, regularFile: 4 } as const;
const OPEN_CREATE = 1;
const ROOT_FD = 3;
const FILE_FD = 4;

/** Thrown through the program by its own wish to end. */
export class ExitSignal extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/**
 * What a WASI preview 1 command sees of the world, for one run after the other: its arguments, a clock that stands
 * still, and an empty directory `/` in which it may create one file, kept in memory. Nothing touches the disk.
 */
export class WasiHost {
  /** The functions that the program imports. */
  readonly imports: Readonly<Record<string, (...args: never[]) => unknown>>;
  #args: readonly Uint8Array[] = [];
  #printed: Uint8Array[] = [];
  readonly #room = new MemoryFile();
  /** The room, once the program has opened it. */
  #file: MemoryFile | undefined;

  /** @param memory the program's, read again on every use: growing replaces its buffer */
  constructor(memory: () => ArrayBuffer) {
    this.imports = this.#calls(
      () => new DataView(memory()),
      () => new Uint8Array(memory()),
    );
  }

  /** Gives the next run its arguments, and an empty world. */
  begin(args: readonly string[]): void {
    const encoder = new TextEncoder();
    this.#args = args.map((arg) => encoder.encode(`${arg}\0`));
    this.#printed = [];
    this.#file = undefined;
  }

  /** Takes what the run left behind: its file (a view until the next run), and what it printed on either stream. */
  end(): { readonly file: Uint8Array | undefined; readonly printed: string } {
    const decoder = new TextDecoder();
    const left = {
      file: this.#file?.contents(),
      printed: this.#printed.map((chunk) => decoder.decode(chunk)).join(''),
    };
    this.begin([]);
    return left;
  }

  #calls(view: () => DataView, bytes: () => Uint8Array) {
    return {
      args_sizes_get: (countPtr: number, sizePtr: number) => {
        view().setUint32(countPtr, this.#args.length, true);
        view().setUint32(
          sizePtr,
          this.#args.reduce((sum, arg) => sum + arg.length, 0),
          true,
        );
        return ERRNO.success;
      },
      args_get: (vectorPtr: number, bufferPtr: number) => {
        let at = bufferPtr;
        this.#args.forEach((arg, index) => {
          view().setUint32(vectorPtr + index * 4, at, true);
          bytes().set(arg, at);
          at += arg.length;
        });
        return ERRNO.success;
      },
      clock_time_get: (_clock: number, _precision: bigint, timePtr: number) => {
        view().setBigUint64(timePtr, 0n, true);
        return ERRNO.success;
      },
      fd_prestat_get: (fd: number, prestatPtr: number) => {
        if (fd !== ROOT_FD) return ERRNO.badf;
        view().setUint32(prestatPtr, 0, true);
        view().setUint32(prestatPtr + 4, 1, true);
        return ERRNO.success;
      },
      fd_prestat_dir_name: (fd: number, pathPtr: number) => {
        if (fd !== ROOT_FD) return ERRNO.badf;
        bytes()[pathPtr] = '/'.charCodeAt(0);
        return ERRNO.success;
      },
      fd_fdstat_get: (fd: number, statPtr: number) => {
        const type =
          fd < ROOT_FD ? FILETYPE.characterDevice : fd === ROOT_FD ? FILETYPE.directory : FILETYPE.regularFile;
        if (fd > FILE_FD || (fd === FILE_FD && this.#file === undefined)) return ERRNO.badf;
        bytes().fill(0, statPtr, statPtr + 24);
        view().setUint8(statPtr, type);
        view().setBigUint64(statPtr + 8, 0xffff_ffff_ffff_ffffn, true);
        view().setBigUint64(statPtr + 16, 0xffff_ffff_ffff_ffffn, true);
        return ERRNO.success;
      },
      fd_fdstat_set_flags: () => ERRNO.success,
      path_open: (
        _dirFd: number,
        _lookup: number,
        _pathPtr: number,
        _pathLength: number,
        openFlags: number,
        _rights: bigint,
        _inheriting: bigint,
        _fdFlags: number,
        openedPtr: number,
      ) => {
        if ((openFlags & OPEN_CREATE) === 0) return ERRNO.noent;
        this.#file = this.#room;
        this.#file.empty();
        view().setUint32(openedPtr, FILE_FD, true);
        return ERRNO.success;
      },
      fd_read: (_fd: number, _vectors: number, _count: number, readPtr: number) => {
        view().setUint32(readPtr, 0, true);
        return ERRNO.success;
      },
      fd_write: (fd: number, vectorsPtr: number, count: number, writtenPtr: number) => {
        let total = 0;
        for (let index = 0; index < count; index++) {
          const at = view().getUint32(vectorsPtr + index * 8, true);
          const length = view().getUint32(vectorsPtr + index * 8 + 4, true);
          const chunk = bytes().subarray(at, at + length);
          if (fd === FILE_FD && this.#file !== undefined) this.#file.write(chunk);
          else if (fd < ROOT_FD) this.#printed.push(chunk.slice());
          else return ERRNO.badf;
          total += length;
        }
        view().setUint32(writtenPtr, total, true);
        return ERRNO.success;
      },
      fd_seek: (fd: number, offset: bigint, whence: number, positionPtr: number) => {
        const file = this.#file;
        if (fd !== FILE_FD || file === undefined) return ERRNO.badf;
        const base = [0, file.position, file.length][whence] ?? 0;
        file.position = base + Number(offset);
        view().setBigUint64(positionPtr, BigInt(file.position), true);
        return ERRNO.success;
      },
      fd_close: () => ERRNO.success,
      proc_exit: (code: number): never => {
        throw new ExitSignal(code);
      },
    };
  }
}
