import type { Detection } from '../state/call-state.ts';

/**
 * The fields of an answered call event, beyond those of every callback.
 *
 * @param amd what answering machine detection found, where it was asked for
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Callbacks/#tag/Callbacks/operation/ace
 */
export function aceFields(amd: Detection | undefined): Readonly<Record<string, unknown>> {
  return amd === undefined ? {} : { amd };
}
