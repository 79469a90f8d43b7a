import { signedFetch } from '@countersign/core/fetch';
import type { ExchangeView } from '@countersign/server/control/views/exchange-view';
import type { ServerState } from '@countersign/server/control/views/state-view';
import { controlUrl, readControl } from '../live/control-api.ts';
import { developmentSigner, type Signer } from './development-credential.ts';

/** A call that the development account can place with one request. */
export interface PlaceableCall {
  readonly path: string;
  /** JSON; the number that is called is written `{{callee}}`. */
  readonly body: string;
  readonly signer: Signer;
}

/** The call that this server's development account can place; `undefined` when it has no such account. */
export function placeableCall(state: ServerState): PlaceableCall | undefined {
  for (const { development } of state.providers) {
    const signer = development?.spokenCall && developmentSigner(development.signing.scheme, state);
    if (signer) return { ...development.spokenCall, signer };
  }
  return undefined;
}

/** What came of placing a call. */
export interface PlacedCall {
  /** The call's id. */
  readonly call: string;
  /** The id of the exchange that placed it. */
  readonly exchange: string;
}

/**
 * Calls a number: signs the request in this page, with the development account's key, and sends it to the server.
 *
 * @throws Error that says what the server answered
 */
export async function placeCall({ path, body, signer }: PlaceableCall, callee: string): Promise<PlacedCall> {
  const send = signedFetch(signer.scheme, signer.credential);
  const response = await send(location.origin + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: body.replaceAll('{{callee}}', callee),
    cache: 'no-store',
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`The server refused the call with ${response.status}: ${answer}`);
  const exchange = response.headers.get('x-countersign-exchange') ?? '';
  const { call } = await readControl<ExchangeView>(controlUrl('exchanges', exchange));
  if (call === undefined) throw new Error(`The server answered ${response.status} and opened no call: ${answer}`);
  return { call, exchange };
}
