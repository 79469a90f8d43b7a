import type { CallId } from '../engine/call.ts';
import type { CallEvent } from '../engine/event.ts';
import { ByCall } from './by-call.ts';

/** For which call audio is made, and whether it is wanted still. */
export interface Wanted {
  /** Whose turn it takes where work waits in a queue: the call's id. */
  readonly line: CallId;
  readonly isGivenUp: boolean;
  /** Has a listener told when it is given up, once. One listens at a time: the one that came last. */
  whenGivenUp(listener: () => void): void;
}

/**
 * No abort signal, which weighs a kilobyte and a half with its one listener: many thousand calls may wait for a prompt at
 * one time.
 */
class Wish implements Wanted {
  readonly line: CallId;
  /** What the audio is for: an operation or a leg. */
  readonly until: string;
  isGivenUp = false;
  #listener: (() => void) | undefined = undefined;

  constructor(line: CallId, until: string) {
    this.line = line;
    this.until = until;
  }

  whenGivenUp(listener: () => void): void {
    this.#listener = listener;
  }

  giveUp(): void {
    if (this.isGivenUp) return;
    this.isGivenUp = true;
    this.#listener?.();
  }
}

/**
 * What audio calls wait for, so that nothing is made for an operation, a party or a call that is over: a long text would
 * hold up those of others for nothing.
 */
export class AwaitedMedia {
  readonly #awaited = new ByCall<Wish>(({ until }) => until);

  /** @param until the operation or leg with which the audio stops being wanted */
  begin(call: CallId, until: string): Wanted {
    const wish = new Wish(call, until);
    this.#awaited.add(call, wish);
    return wish;
  }

  /** Whether a call waits for nothing. */
  isNothing(call: CallId): boolean {
    return !this.#awaited.has(call);
  }

  /** To be called when the audio is ready, or has failed. */
  end(wanted: Wanted): void {
    if (wanted instanceof Wish) this.#awaited.delete(wanted.line, wanted);
  }

  /** Gives up what an event makes useless. */
  follow(event: CallEvent): void {
    switch (event.type) {
      case 'play-canceled':
      case 'play-failed':
      case 'tones-failed':
        this.#giveUp(event.call, event.operation);
        return;
      case 'leg-ended':
      case 'leg-moved-out':
        this.#giveUp(event.call, event.leg);
        return;
      case 'call-ended':
        this.#giveUp(event.call);
        return;
      default:
    }
  }

  /** @param until of what; of the whole call, where nothing is given */
  #giveUp(call: CallId, until?: string): void {
    for (const wish of this.#awaited.of(call, until)) wish.giveUp();
  }
}
