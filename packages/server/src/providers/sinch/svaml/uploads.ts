import type { Prompt } from '../../../engine/call.ts';

/**
 * Gives prompts that name an uploaded file the address it is served at here. Without a place for uploads the file cannot
 * be had, and the prompt says what is missing.
 *
 * @param uploadsUrl where files that would be uploaded to Sinch are served, ending in a slash
 */
export function locateUploads(prompts: readonly Prompt[], uploadsUrl: string | undefined): readonly Prompt[] {
  return prompts.map((prompt) => {
    if (prompt.kind !== 'file' || URL.canParse(prompt.uri)) return prompt;
    if (uploadsUrl !== undefined) return { kind: 'file', uri: `${uploadsUrl}${encodeURIComponent(prompt.uri)}` };
    const missing = `"${prompt.uri}" names a file that was uploaded to Sinch; "sinch.uploadsUrl" of the configuration says where such files are served here`;
    return { ...prompt, missing };
  });
}
