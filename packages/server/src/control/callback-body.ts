import type { ProviderTypes } from '../plugs.ts';
import type { CallbackView } from './views/callback-view.ts';

/** What a callback's body says, as its provider writes it. */
export type CallbackBody = ProviderTypes['callback'];

/** A callback with every attempt to deliver it, and its body read. */
export type ReadCallback = CallbackView & {
  /** The body, read. */
  readonly parsed: CallbackBody;
};

/** Reads a callback's body, which the server wrote itself. */
export function withParsedBody(callback: CallbackView): ReadCallback {
  return { ...callback, parsed: JSON.parse(callback.body) as CallbackBody };
}
