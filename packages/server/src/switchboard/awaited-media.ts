import type { CallId } from '../engine/call.ts';
import type { CallEvent } from '../engine/event.ts';

/** Says whether audio is wanted still. */
export interface Wanted {
  /** Aborted when it is not wanted any more. Made when it is first asked for: most audio is there already. */
  readonly signal: AbortSignal;
}

/** Audio that is being made for a call. */
export interface Awaited {
  readonly wanted: Wanted;
  /** To be called when the audio is ready, or has failed. */
  readonly end: () => void;
}

class Wish implements Wanted {
  #controller: AbortController | undefined;
  #isGivenUp = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isGivenUp) this.#controller.abort();
    return this.#controller.signal;
  }

  giveUp(): void {
    this.#isGivenUp = true;
    this.#controller?.abort();
  }
}

/**
 * What audio calls wait for, so that nothing is made for an operation, a party or a call that is over: a long text would
 * hold up those of others for nothing.
 */
export class AwaitedMedia {
  /** By call, then by what it is for: an operation or a leg. */
  readonly #awaited = new Map<CallId, Map<string, Set<Wish>>>();

  begin(call: CallId, what: string): Awaited {
    const ofCall = this.#awaited.get(call) ?? new Map<string, Set<Wish>>();
    const wishes = ofCall.get(what) ?? new Set<Wish>();
    const wish = new Wish();
    this.#awaited.set(call, ofCall.set(what, wishes.add(wish)));
    const end = (): void => {
      wishes.delete(wish);
      if (wishes.size === 0 && ofCall.get(what) === wishes) ofCall.delete(what);
      if (ofCall.size === 0 && this.#awaited.get(call) === ofCall) this.#awaited.delete(call);
    };
    return { wanted: wish, end };
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
        this.#awaited.get(event.call)?.forEach((_, what) => this.#giveUp(event.call, what));
        return;
      default:
    }
  }

  #giveUp(call: CallId, what: string): void {
    const wishes = this.#awaited.get(call)?.get(what);
    if (wishes) for (const wish of wishes) wish.giveUp();
  }
}
