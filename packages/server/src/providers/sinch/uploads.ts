import type { Prompt } from '../../engine/call.ts';

/**
 * Gives prompts that name an uploaded file the address it is served at here. Without a place for uploads the bare name
 * stays, and the file cannot be had.
 *
 * @param uploadsUrl where files that would be uploaded to Sinch are served, ending in a slash
 */
export function locateUploads(prompts: readonly Prompt[], uploadsUrl: string | undefined): readonly Prompt[] {
  if (uploadsUrl === undefined) return prompts;
  return prompts.map((prompt) =>
    prompt.kind === 'file' && !URL.canParse(prompt.uri)
      ? { kind: 'file', uri: `${uploadsUrl}${encodeURIComponent(prompt.uri)}` }
      : prompt,
  );
}
