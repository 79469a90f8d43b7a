import type { Call, CallId, MediaFailure, Prompt, ReadyMedia, TimerId } from '../engine/call.ts';
import type { Command } from '../engine/command.ts';
import type { CallEvent } from '../engine/event.ts';
import { AwaitedMedia, type Wanted } from './awaited-media.ts';
import type { CallClock } from '../contract/clock.ts';

/**
 * Makes the audio of a prompt: synthesis, download or a sound of the house. It should answer, not throw.
 *
 * @param wanted its signal is aborted when the audio is no longer needed; a later result is ignored
 */
export type PrepareMedia = (prompt: Prompt, call: Call, wanted: Wanted) => Promise<ReadyMedia | FailedMedia>;

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
  readonly dispatch: (call: CallId, command: Command) => unknown;
}

/**
 * Does what events ask for (timers and audio), and reports back by commands. All that is due can be read off a call's
 * events and its running timers: a process that takes a call over from another finds there what to do.
 */
export class Effects {
  readonly #parts: EffectParts;
  readonly #awaited = new AwaitedMedia();
  /** Functions that cancel the running timers, by call. */
  readonly #timers = new Map<CallId, Map<TimerId, () => void>>();

  constructor(parts: EffectParts) {
    this.#parts = parts;
  }

  /** Does what an event asks for, if anything. */
  follow(event: CallEvent, call: Call): void {
    this.#awaited.follow(event);
    switch (event.type) {
      case 'timer-set':
        this.#startTimer(event.call, event.timer.id, event.timer.dueAtMs);
        return;
      case 'timer-cleared':
      case 'timer-fired':
        this.#stopTimer(event.call, event.timer);
        return;
      case 'media-wanted': {
        const { operation, index } = event;
        this.#prepare(event.prompt, call, operation, (media) =>
          'failed' in media
            ? { type: 'media-failed', operation, index, ...failureIn(media) }
            : { type: 'media-ready', operation, index, media },
        );
        return;
      }
      case 'speech-wanted': {
        const { leg, text, sound } = event;
        const prompt: Prompt = sound ? { kind: sound } : { kind: 'text', text };
        this.#prepare(prompt, call, leg, (media) =>
          'failed' in media
            ? { type: 'speech-failed', leg, text, reason: media.failed, detail: media.detail }
            : { type: 'speech-ready', leg, text, media, ...(sound ? { sound } : {}) },
        );
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
    const running = this.#timers.get(call) ?? new Map<TimerId, () => void>();
    this.#timers.set(call, running.set(id, prevent));
  }

  #stopTimer(call: CallId, id: TimerId): void {
    const running = this.#timers.get(call);
    running?.get(id)?.();
    running?.delete(id);
    if (running?.size === 0) this.#timers.delete(call);
  }

  /** @param until the operation or leg with which the audio stops being wanted */
  #prepare(prompt: Prompt, call: Call, until: string, report: (media: ReadyMedia | FailedMedia) => Command): void {
    const { clock, prepareMedia, dispatch } = this.#parts;
    const awaited = this.#awaited.begin(call.id, until);
    const prepare = async (): Promise<ReadyMedia | FailedMedia> => {
      try {
        return await prepareMedia(prompt, call, awaited.wanted);
      } catch (error) {
        return { failed: failureOf(prompt), detail: messageOf(error) };
      } finally {
        awaited.end();
      }
    };
    void clock
      .awaiting(prepare(), {
        description: `the audio of a ${prompt.kind} prompt of call ${call.id}`,
        orderedBy: call.id,
      })
      .then((media) => dispatch(call.id, report(media)));
  }
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
