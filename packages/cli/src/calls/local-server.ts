import { unanswered } from '../requests/exact-request.ts';
import { consolePage } from '../requests/console-page.ts';
import type { CallTimeline } from './timeline.ts';

interface CallView {
  readonly id?: string;
  readonly audio?: readonly { readonly heard: readonly unknown[]; readonly heardUrl: string }[];
}

interface ServerState {
  readonly accounts?: readonly { readonly provider: string; readonly id: string }[];
}

/** The ids of a provider's accounts on the local server. */
export async function accountIds(origin: string, provider: string): Promise<readonly string[]> {
  const { accounts = [] } = await control<ServerState>(origin, 'state');
  return accounts.filter((account) => account.provider === provider).map(({ id }) => id);
}

/** The addresses of the WAV files of what was heard in a call of the local server; each goes on the timeline, and the call's page. */
export async function callAudio(
  origin: string,
  callId: string | undefined,
  timeline: CallTimeline,
): Promise<readonly string[]> {
  if (callId === undefined) return [];
  const { id, audio = [] } = await control<CallView>(origin, `calls/${encodeURIComponent(callId)}`);
  const addresses = audio.filter(({ heard }) => heard.length > 0).map(({ heardUrl }) => origin + heardUrl);
  for (const address of addresses) timeline.audio(address);
  if (id !== undefined) timeline.page(consolePage(origin, 'calls', id));
  return addresses;
}

/** Reads from the control API; nothing, when the server at that address has none. */
async function control<View extends object>(origin: string, path: string): Promise<Partial<View>> {
  const address = `${origin}/_control/${path}`;
  let response: Response;
  try {
    response = await fetch(address);
  } catch (error) {
    throw unanswered(new URL(address).host, (error as { cause?: Error }).cause ?? (error as Error));
  }
  return response.ok ? ((await response.json()) as View) : {};
}
