/** Text that should be JSON: its value, or why it is none that can be read. `null` members count as absent. */
export type JsonResult =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

/** Reads JSON without throwing. Members that are `null` are dropped: some clients write unset fields so. */
export function readJson(text: string): JsonResult {
  try {
    const value: unknown = JSON.parse(text, (_, member: unknown) => (member === null ? undefined : member));
    return { ok: true, value };
  } catch (error) {
    // The engine visits members recursively.
    if (error instanceof RangeError) return { ok: false, problem: 'it is nested too deeply' };
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}
