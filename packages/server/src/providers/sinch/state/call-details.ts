import type { CallHeader, Svaml } from '../svaml/svaml-object.ts';
import type { EndReason } from './outcome.ts';
import type { Destination } from './party.ts';

/** How a call came about. */
export type CallOrigin = 'tts' | 'conference' | 'custom' | 'incoming';

/** What a call starts from, kept in its first event: the request that placed it, or what the caller dialed. */
export interface CallDetails {
  readonly kind: 'call';
  readonly origin: CallOrigin;
  /** The number shown to the callee; empty when the request named none. */
  readonly from: string;
  /** Whom the call is for; unset for a custom callout whose ICE answer decides it. */
  readonly to?: Destination;
  readonly domain: 'pstn' | 'mxp';
  /** Echoed in every callback. */
  readonly custom?: string;
  /** `X-CB-*` headers of the request, which every callback of the call repeats. */
  readonly forwardedHeaders: readonly (readonly [name: string, value: string])[];
  /** What the caller sent along. */
  readonly callHeaders?: readonly CallHeader[];
  /** Keys played to the callee when it answers. */
  readonly dtmf?: string;
  readonly maxDurationMs?: number;
  /** Which callbacks the application wants. */
  readonly callbacks: { readonly ace: boolean; readonly pie: boolean; readonly dice: boolean };
  /** In place of the application's callback URLs: a URL or the text of the answer, by event. */
  readonly inline: Readonly<Partial<Record<'ice' | 'ace' | 'pie' | 'dice', string>>>;
  /** What the call does once it is answered and ACE's answer, if any, lets it continue. */
  readonly whenAnswered?: Svaml;
  /** It ends at once, for this reason: a fault that was switched on. */
  readonly failsWith?: EndReason;
}
