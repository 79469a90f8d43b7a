import type { CallTimeline } from './timeline.ts';

interface CallView {
  readonly audio?: readonly { readonly heard: readonly unknown[]; readonly heardUrl: string }[];
}

/** The addresses of the WAV files of what was heard in a call of the local server; each goes on the timeline. */
export async function callAudio(
  origin: string,
  callId: string | undefined,
  timeline: CallTimeline,
): Promise<readonly string[]> {
  if (callId === undefined) return [];
  const response = await fetch(`${origin}/_control/calls/${encodeURIComponent(callId)}`);
  const view = (response.ok ? await response.json() : {}) as CallView;
  const addresses = (view.audio ?? []).filter(({ heard }) => heard.length > 0).map(({ heardUrl }) => origin + heardUrl);
  for (const address of addresses) timeline.audio(address);
  return addresses;
}
