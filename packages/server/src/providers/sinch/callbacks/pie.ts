/** What came of a menu, or of keys that a conference listens for. */
export interface MenuResult {
  /** The menu that was played last, or the conference. */
  readonly menuId: string;
  readonly type: 'error' | 'return' | 'sequence' | 'timeout' | 'hangup' | 'invalidinput';
  readonly value?: string;
  readonly inputMethod?: 'dtmf' | 'voice';
}

/**
 * The fields of a prompt input event, beyond those of every callback.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Callbacks/#tag/Callbacks/operation/pie
 */
export function pieFields(menuResult: MenuResult): Readonly<Record<string, unknown>> {
  return { menuResult };
}
