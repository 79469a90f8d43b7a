import type { CallId, MediaFailure, Prompt, ReadyMedia, TimerId } from '../engine/call.ts';
import type { Command } from '../engine/command.ts';
import type { CallEvent } from '../engine/event.ts';
import { AwaitedMedia, type Wanted } from './awaited-media.ts';
import { ByCall } from './by-call.ts';
import type { CallClock } from '../contract/clock.ts';

/**
 * Makes the audio of a prompt: synthesis, download or a sound of the house. It should answer, not throw.
 *
 * @param wanted for which call, and whether the audio is still needed; a later result is ignored
 */
export type PrepareMedia = (prompt: Prompt, wanted: Wanted) => Promise<MadeMedia>;

/** The audio of a prompt, or why there is none. */
export type MadeMedia = ReadyMedia | FailedMedia;

/** The audio of a prompt that need not be made, because it is there; `undefined` where it must be. */
export type KnownMedia = (prompt: Prompt) => ReadyMedia | undefined;

/** Why there is no audio. */
export interface FailedMedia {
  readonly failed: MediaFailure;
  readonly detail: string;
  /** The HTTP status that the source of the audio answered with, if it answered. */
  readonly status?: number;
}

interface EffectParts {
  readonly clock: CallClock;
  readonly prepareMedia: PrepareMedia;
  readonly knownMedia?: KnownMedia | undefined;
  readonly dispatch: (call: CallId, command: Command) => unknown;
}

interface RunningTimer {
  readonly id: TimerId;
  /** Has it not fire. */
  readonly prevent: () => void;
}

/**
 * Does what events ask for (timers and audio), and reports back by commands. All that is due can be read off a call's
 * events and its running timers: a process that takes a call over from another finds there what to do.
 */
export class Effects {
  readonly #parts: EffectParts;
  readonly #awaited = new AwaitedMedia();
  readonly #timers = new ByCall<RunningTimer>(({ id }) => id);

  constructor(parts: EffectParts) {
    this.#parts = parts;
  }

  /** Does what an event asks for, if anything. */
  follow(event: CallEvent): void {
    this.#awaited.follow(event);
    switch (event.type) {
      case 'timer-set':
        this.#startTimer(event.call, event.timer.id, event.timer.dueAtMs);
        return;
      case 'timer-cleared':
      case 'timer-fired':
        this.#stopTimer(event.call, event.timer);
        return;
      case 'media-wanted':
        this.#prepare(event.prompt, event, event.operation);
        return;
      case 'speech-wanted': {
        const { leg, text, sound } = event;
        this.#prepare(sound ? { kind: sound } : { kind: 'text', text }, event, leg);
        return;
      }
      default:
    }
  }

  #startTimer(call: CallId, id: TimerId, dueAtMs: number): void {
    const { clock, dispatch } = this.#parts;
    this.#stopTimer(call, id);
    const prevent = clock.after(dueAtMs - clock.now(), () => {
      dispatch(call, { type: 'timer-fired', timer: id });
    });
    this.#timers.add(call, { id, prevent });
  }

  #stopTimer(call: CallId, id: TimerId): void {
    for (const timer of this.#timers.of(call, id)) {
      timer.prevent();
      this.#timers.delete(call, timer);
    }
  }

  /** @param until the operation or leg with which the audio stops being wanted */
  #prepare(prompt: Prompt, event: MediaEvent, until: string): void {
    const { call } = event;
    const { clock, dispatch, knownMedia } = this.#parts;
    // What the call waits for already is reported first.
    const known = this.#awaited.isNothing(call) ? knownMedia?.(prompt) : undefined;
    if (known) return void dispatch(call, reportOf(event, known));
    const wanted = this.#awaited.begin(call, until);
    const description = `the audio of a ${prompt.kind} prompt of call ${call}`;
    void clock.awaiting(this.#made(prompt, wanted), { description, orderedBy: call }).then((media) => {
      this.#awaited.end(wanted);
      dispatch(call, reportOf(event, media));
    });
  }

  /** No async function: its suspended state would be kept for each call that waits. */
  #made(prompt: Prompt, wanted: Wanted): Promise<MadeMedia> {
    const failed = (error: unknown): FailedMedia => ({ failed: failureOf(prompt), detail: messageOf(error) });
    try {
      return this.#parts.prepareMedia(prompt, wanted).catch(failed);
    } catch (error) {
      return Promise.resolve(failed(error));
    }
  }
}

/** An event that asks for audio. */
type MediaEvent = Extract<CallEvent, { type: 'media-wanted' | 'speech-wanted' }>;

/** The command that says what became of the audio. */
function reportOf(event: MediaEvent, media: MadeMedia): Command {
  if (event.type === 'media-wanted') {
    const { operation, index } = event;
    return 'failed' in media
      ? { type: 'media-failed', operation, index, ...failureIn(media) }
      : { type: 'media-ready', operation, index, media };
  }
  const { leg, text, sound } = event;
  return 'failed' in media
    ? { type: 'speech-failed', leg, text, reason: media.failed, detail: media.detail }
    : { type: 'speech-ready', leg, text, media, ...(sound ? { sound } : {}) };
}

function failureIn({ failed, detail, status }: FailedMedia): {
  readonly reason: MediaFailure;
  readonly detail: string;
  readonly status?: number;
} {
  return { reason: failed, detail, ...(status !== undefined && { status }) };
}

function failureOf(prompt: Prompt): MediaFailure {
  return prompt.kind === 'file' ? 'download' : 'synthesis';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
