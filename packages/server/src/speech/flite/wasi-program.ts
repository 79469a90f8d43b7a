import { fstatSync, openSync, readSync } from 'node:fs';
import { ConsoleStdout, File, PreopenDirectory, WASI, WASIProcExit } from '@bjorn3/browser_wasi_shim';
import { type DataSegment, type ReadModule, readWasmImage } from './wasm-image.ts';

/** What a finished WASI program left behind. */
export interface WasiOutcome {
  /** The program's exit status; 0 is success. */
  readonly exitCode: number;
  /** The file it wrote, or undefined if it opened none. */
  readonly file: Uint8Array | undefined;
  /** What it printed, standard output and standard error together. */
  readonly printed: string;
}

/** A compiled WebAssembly module; opaque here. */
interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

interface WasmInstance {
  readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly _start: () => void };
}

// Neither the es2023 library nor @types/node declares WebAssembly, and the whole of DOM is too much to ask for it.
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  Instance: new (module: WasmModule, imports: Record<string, object>) => WasmInstance;
};

/** An instance, and what it sees of the world. */
interface Sandbox {
  readonly instance: WasmInstance;
  readonly wasi: WASI;
}

/** An instance whose memory has grown beyond this is not kept. */
const MAX_KEPT_BYTES = 48 * 1024 * 1024;

/**
 * A WASI preview 1 command, which runs from its start to its end again and again, in a sandbox: it sees its arguments and
 * an empty directory `/` in memory. Nothing touches the disk.
 *
 * Why not `node:wasi`: on the supported versions of Node it keeps a stale pointer when the program's memory grows and
 * takes the whole process down with a segmentation fault, with this very program
 * (https://github.com/nodejs/node/issues/52402, https://github.com/nodejs/node/issues/46777).
 */
export class WasiProgram {
  readonly #module: WasmModule;
  readonly #read: ReadModule;
  readonly #data: readonly DataSegment[];
  #kept: Sandbox | undefined;

  private constructor(module: WasmModule, read: ReadModule, data: readonly DataSegment[]) {
    this.#module = module;
    this.#read = read;
    this.#data = data;
  }

  /**
   * Compiles a program. Its file stays open as long as the thread runs, because the data in it (17 MB of flite's) are
   * not held in memory: every run reads them from the file, in no more time than a copy takes.
   */
  static async open(path: string): Promise<WasiProgram> {
    const file = openSync(path, 'r');
    const read = (into: Uint8Array, position: number): void => {
      if (readSync(file, into, 0, into.length, position) < into.length) throw new Error(`${path} is cut short`);
    };
    const { code, data } = readWasmImage(read, fstatSync(file).size);
    return new WasiProgram(await WebAssembly.compile(code), read, data);
  }

  /**
   * Runs the program once. What an earlier run did leaves no trace.
   *
   * @param args the argument vector, the program's name first; printable ASCII
   * @throws TypeError for other arguments: the library counts characters where it then writes bytes
   * @throws WebAssembly.RuntimeError when the program traps
   */
  run(args: readonly string[]): WasiOutcome {
    const wrong = args.find((arg) => !/^[\x20-\x7e]*$/.test(arg));
    if (wrong !== undefined) throw new TypeError(`an argument is not printable ASCII: ${JSON.stringify(wrong)}`);
    // Each instance is as large as its memory, 19 MB and more: with a new one for every run, some 150 MB of them lay
    // around until the garbage collector came.
    const sandbox = this.#kept ?? this.#instantiate();
    this.#kept = undefined;
    this.#fillMemory(sandbox.instance);
    const printed: Uint8Array[] = [];
    const print = new ConsoleStdout((chunk) => printed.push(chunk));
    const files = new Map<string, File>();
    Object.assign(sandbox.wasi, { args, fds: [print, print, print, new PreopenDirectory('/', files)] });
    const exitCode = runToExit(sandbox);
    // Who leaves from the depth of the program does not put its stack pointer back.
    const hasReturned = exitCode === undefined;
    if (hasReturned && sandbox.instance.exports.memory.buffer.byteLength <= MAX_KEPT_BYTES) this.#kept = sandbox;
    const [file] = files.values();
    return { exitCode: exitCode ?? 0, file: file?.data, printed: Buffer.concat(printed).toString('utf8') };
  }

  #instantiate(): Sandbox {
    const wasi = new WASI([], [], [], { debug: false });
    const instance = new WebAssembly.Instance(this.#module, { wasi_snapshot_preview1: wasi.wasiImport });
    wasi.inst = instance as unknown as WASI['inst'];
    return { instance, wasi };
  }

  /** Makes the memory what it is at the program's start, except that it stays as large as it has grown. */
  #fillMemory(instance: WasmInstance): void {
    const memory = new Uint8Array(instance.exports.memory.buffer);
    memory.fill(0);
    for (const { offset, position, length } of this.#data)
      this.#read(memory.subarray(offset, offset + length), position);
  }
}

/** @returns the status with which the program exited, undefined if it came to its end */
function runToExit({ instance }: Sandbox): number | undefined {
  try {
    instance.exports._start();
    return undefined;
  } catch (error) {
    if (error instanceof WASIProcExit) return error.code;
    throw error;
  }
}
