import type { EndpointRequest } from '../endpoint/ask-endpoint.ts';
import type { WholeMessage } from '../requests/signed-message.ts';
import type { Prover } from './prover.ts';

/** What an attacker sends. */
export interface Attempt {
  /** What it is, in words that complete "it took …". */
  readonly what: string;
  readonly message: WholeMessage;
  readonly framing?: EndpointRequest['framing'];
  readonly pauses?: EndpointRequest['pauses'];
  /** A right request that is sent before, and has to be accepted: this one repeats it. */
  readonly after?: WholeMessage;
  /** How long to wait between the two, in milliseconds. */
  readonly waitMs?: number;
}

/** What attempts are made of. */
export interface AttackContext {
  readonly prover: Prover;
  /** A right request without its proof; each is another one. */
  readonly fresh: () => WholeMessage;
  /** When to sign it: now, or as little before as keeps it from being a repeat. */
  readonly at: () => Date;
  readonly now: () => Date;
  /** Whether attacks that wait for the window to pass are wanted. */
  readonly isPatient: boolean;
}

/** Something that is known to get past verifiers. */
export interface Attack {
  /** `about/what`, for programs. */
  readonly id: string;
  readonly title: string;
  /** What it changes, completing "the scheme does not sign …": said where a request so changed is still a right one. */
  readonly changes: string;
  /** How a receiver that took it is closed, in a sentence. */
  readonly close: string;
  /** The attack that says as much already where it is a hole: this one is then left out. */
  readonly unless?: string;
  /** What is sent, in this order; nothing where the attack has no hold on the scheme or the request. */
  readonly attempts: (context: AttackContext) => AsyncIterable<Attempt> | Iterable<Attempt>;
}

/** A right request, proved. */
export async function rightRequest({ prover, fresh, at }: AttackContext): Promise<WholeMessage> {
  return prover.prove(fresh(), at());
}
