import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type StreamedFile, wholeFile } from '../../../audio/audio-file.ts';
import { BoundedMap } from '../../../bounded/bounded-map.ts';
import { textBytes } from '../../../bounded/weight.ts';
import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { CallClock } from '../../../contract/clock.ts';
import type { Switchboard } from '../../../contract/switchboard.ts';
import { Askers } from '../../../threads/askers.ts';
import { FairGate } from '../../../threads/fair-gate.ts';
import type { RecordingDetails } from '../calls/recording.ts';
import type { RecordingPlaces } from '../accounts/options.ts';
import { audioExtension, contentTypes, fileName, type RecordingFile } from '../state/recording-file.ts';
import { renderRecording, type RenderParts } from './render-recording.ts';
import { sinchBounds } from '../protocol/bounds.ts';

/** How long a URL has to take a file, in milliseconds. */
const postTimeoutMs = 30_000;

/** Files that are made and stored at a time; more of them wait. */
const filesAtOnce = 2;

/** The longest file that is posted: it is sent with its length, and held until it has been taken. Half an hour of WAV. */
const maxPostedBytes = 64 * 1024 * 1024;

/** What a promise and its bookkeeping weigh. An estimate. */
const overheadBytes = 256;

/** A file that is being stored, or has been. */
interface KnownFile {
  readonly work: Promise<string | undefined>;
  problem?: string;
}

export interface RecordingStoreParts extends RenderParts {
  readonly switchboard: Switchboard;
  readonly clock: CallClock;
  readonly places: RecordingPlaces;
  /** Told of each file that could not be stored. */
  readonly onProblem: (problem: string) => void;
}

/**
 * Puts the files of recordings where the configuration says, in place of the bucket or container that the SVAML names:
 * once the recording has been stopped, whether or not the application wants to hear of it.
 */
export class RecordingStore {
  readonly #parts: RecordingStoreParts;
  /** Files with what became of them; a callback that waited longer is sent as if all were well. */
  readonly #files = new BoundedMap<string, KnownFile>(sinchBounds['stored-recordings'], {
    weigh: ({ problem = '' }, name) => overheadBytes + textBytes(name) + textBytes(problem),
  });
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #gate = new FairGate(filesAtOnce);

  constructor(parts: RecordingStoreParts) {
    this.#parts = parts;
  }

  /** Stores the files of a recording that an event stops. */
  follow(event: CallEvent, call: Call): void {
    if (event.type !== 'recording-stopped') return;
    const { recording } = event;
    const details = byId(call.recordings, recording)?.details as RecordingDetails | undefined;
    if (!details) return;
    const { format, transcribes } = details;
    void this.stored({ call: call.id, recording, extension: audioExtension(format) });
    if (transcribes) void this.stored({ call: call.id, recording, extension: 'txt' });
  }

  /** Stores a file, once. Never rejects: resolves to what went wrong, or to `undefined`. */
  stored(file: RecordingFile): Promise<string | undefined> {
    const name = fileName(file);
    const known = this.#files.get(name);
    if (known) return known.work;
    const work = this.#parts.clock.awaiting(this.#store(file), { description: `the storing of recording ${name}` });
    const stored: KnownFile = { work };
    this.#files.set(name, stored);
    this.#underWay.add(work);
    void work.then((problem) => {
      this.#underWay.delete(work);
      if (problem === undefined) return;
      stored.problem = problem;
      this.#files.reweigh(name);
    });
    return work;
  }

  /** Resolves when nothing is being stored. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #store(file: RecordingFile): Promise<string | undefined> {
    const { switchboard, places, onProblem } = this.#parts;
    const call = switchboard.call(file.call);
    const recording = typeof call === 'object' ? byId(call.recordings, file.recording) : undefined;
    if (typeof call !== 'object' || !recording) return undefined;
    const { folder, postUrl } = places;
    const render = (): ReturnType<typeof renderRecording> =>
      renderRecording(file.extension, call, recording, this.#parts);
    try {
      await this.#gate.run(new Askers({ line: call.id }), async () => {
        if (folder !== undefined) await write(folder, fileName(file), await render());
        if (postUrl !== undefined) await post(postUrl, file, await render());
      });
      return undefined;
    } catch (error) {
      const problem = `recording ${fileName(file)} could not be stored: ${(error as Error).message}`;
      onProblem(`call ${file.call}: ${problem}`);
      return problem;
    }
  }
}

/** Writes a file under another name first: whoever watches the folder never sees half of it. */
async function write(folder: string, name: string, file: Uint8Array | StreamedFile): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(`${path}.part`, file instanceof Uint8Array ? file : file.chunks);
  await rename(`${path}.part`, path);
}

async function post(url: string, file: RecordingFile, rendered: Uint8Array<ArrayBuffer> | StreamedFile): Promise<void> {
  const bytes = rendered instanceof Uint8Array ? rendered.length : rendered.bytes;
  if (bytes > maxPostedBytes) {
    throw new Error(`POST ${url}: the file has ${bytes} bytes; at most ${maxPostedBytes} are posted`);
  }
  const body = rendered instanceof Uint8Array ? rendered : await wholeFile(rendered);
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': contentTypes[file.extension],
        'content-disposition': `attachment; filename="${fileName(file)}"`,
        'x-countersign-call': encodeURIComponent(file.call),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(postTimeoutMs),
    });
    await response.arrayBuffer();
    ({ status } = response);
  } catch (error) {
    const { cause, message } = error as Error;
    const why = cause instanceof Error && cause.message !== '' ? cause.message : message;
    throw new Error(`POST ${url}: ${why}`, { cause: error });
  }
  if (status < 200 || status > 299) throw new Error(`POST ${url} was answered with ${status}`);
}
