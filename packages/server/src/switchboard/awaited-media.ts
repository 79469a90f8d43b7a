import type { CallId } from '../engine/call.ts';
import type { CallEvent } from '../engine/event.ts';

/** Audio that is being made for a call. */
export interface Awaited {
  /** Aborted when it is not wanted any more. */
  readonly signal: AbortSignal;
  /** To be called when the audio is ready, or has failed. */
  readonly end: () => void;
}

/**
 * What audio calls wait for, so that nothing is made for an operation, a party or a call that is over: a long text would
 * hold up those of others for nothing.
 */
export class AwaitedMedia {
  /** By call, then by what it is for: an operation or a leg. */
  readonly #awaited = new Map<CallId, Map<string, Set<AbortController>>>();

  begin(call: CallId, what: string): Awaited {
    const ofCall = this.#awaited.get(call) ?? new Map<string, Set<AbortController>>();
    const controllers = ofCall.get(what) ?? new Set<AbortController>();
    const controller = new AbortController();
    this.#awaited.set(call, ofCall.set(what, controllers.add(controller)));
    const end = (): void => {
      controllers.delete(controller);
      if (controllers.size === 0 && ofCall.get(what) === controllers) ofCall.delete(what);
      if (ofCall.size === 0 && this.#awaited.get(call) === ofCall) this.#awaited.delete(call);
    };
    return { signal: controller.signal, end };
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
    const controllers = this.#awaited.get(call)?.get(what);
    if (controllers) for (const controller of controllers) controller.abort();
  }
}
