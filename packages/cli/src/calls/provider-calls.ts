import type { ProviderEntry } from '@countersign/core/providers/catalog';
import type { Credential } from '@countersign/core/secret';
import type { PlacedCall } from './call-outcome.ts';
import type { CallTimeline } from './timeline.ts';

/** A call, whichever provider places it. */
interface WantedCall {
  /** The provider's address, without a trailing slash. */
  readonly origin: string;
  readonly credential: Credential;
  readonly timeline: CallTimeline;
  readonly to: string;
  readonly from: string;
  /** Milliseconds to wait for the other side, and for each thing after that. */
  readonly patienceMs: number;
}

/** A call through the local server. */
export type LocalCall = WantedCall;

/** How a local call went, with the addresses of what was heard. */
export interface LocalOutcome extends PlacedCall {
  readonly audio: readonly string[];
}

/** A real call, with real credentials, which somebody pays for. */
export interface LiveCall extends WantedCall {
  readonly text: string;
  /** The public address of the receiver. */
  readonly callbackUrl?: string;
  /** The port behind it on this machine. */
  readonly listen?: number;
  /** What was given of the provider's own live options, by their keys. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** An option that only live calls through one provider take. */
export interface LiveOption {
  /** Under which its value stands among the options: the flag's words in camel case. */
  readonly key: string;
  /** For example `--speech-endpoint`. */
  readonly flag: string;
  /** What its value is, for example `url`. */
  readonly value: string;
  /** For people, in a few words. */
  readonly description: string;
}

/** How a provider is asked for calls. */
export interface ProviderCalls {
  /** Calls through the local server, and says a text. The server is left as it was. */
  readonly placeLocal: (call: LocalCall, text: string) => Promise<LocalOutcome>;
  /** Calls for real. @throws CommandFailure `usage/live`, saying which option is missing */
  readonly placeLive: (call: LiveCall) => Promise<PlacedCall>;
  /** Where live calls go when nothing else says so. @throws CommandFailure `usage/live` where the provider has no such place */
  readonly liveOrigin: () => string;
  /** The provider's part of the demonstration. */
  readonly demonstration: {
    /** What it does with a number, for the line above it. */
    readonly title: (to: string) => string;
    readonly place: (call: LocalCall) => Promise<LocalOutcome>;
  };
}

/** A provider through which calls are placed. */
export interface CallingProvider {
  readonly entry: ProviderEntry;
  readonly liveOptions: readonly LiveOption[];
  /** Loads the way to place calls: every other command starts without it. */
  readonly loadCalls: () => Promise<ProviderCalls>;
}
