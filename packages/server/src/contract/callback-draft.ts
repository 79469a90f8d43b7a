import type { CallId } from '../engine/call.ts';
import type { CallbackOutcome } from '../engine/command.ts';
import type { DeliveryName } from './delivery-policy.ts';

/** A callback that is due: what the provider wants delivered, and where. */
export interface CallbackDraft {
  readonly id: string;
  /** The call that it is about; text messages are about none. */
  readonly call?: CallId;
  /** The provider's name of the event, for people: `Microsoft.Communication.CallConnected`, `ace`. */
  readonly event: string;
  /** Where to deliver it: the primary URL and, where the provider has one, the fallback. */
  readonly urls: readonly string[];
  /** Of what the receiver must first be shown to want, by the provider's own name of it (`Provider.admit`). */
  readonly gate?: string;
  /** The body, byte for byte. */
  readonly body: string;
  /**
   * What must be done before the first attempt, in the callback's turn, such as storing a file that it names. Resolves
   * to the body that is then sent in place of `body`.
   */
  readonly prepare?: () => Promise<string>;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** How the provider delivers, by name: signing, order, attempts, time-out. */
  readonly delivery: DeliveryName;
  /** When set, the answer (or its absence) goes back to the call as `callback-answered`, or to `onAnswer`. */
  readonly answerWanted: boolean;
  /** Told of the answer in place of the call. */
  readonly onAnswer?: (outcome: CallbackOutcome) => void;
}
