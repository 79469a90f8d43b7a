import type { ProviderTypes } from '../plugs.ts';

/** What a callback's body says, as its provider writes it. */
export type CallbackBody = ProviderTypes['callback'];

/** A callback with its body read. */
export type WithParsedBody<Callback extends { readonly body: string }> = Callback & { readonly parsed: CallbackBody };

/** Reads a callback's body, which the server wrote itself. */
export function withParsedBody<Callback extends { readonly body: string }>(
  callback: Callback,
): WithParsedBody<Callback> {
  return { ...callback, parsed: JSON.parse(callback.body) as CallbackBody };
}
