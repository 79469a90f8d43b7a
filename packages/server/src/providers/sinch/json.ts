/** Text that should be JSON: its value, or where it stops being JSON. `null` members count as absent. */
export type JsonResult =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

/** Reads JSON without throwing. Members that are `null` are dropped: some clients write unset fields so. */
export function readJson(text: string): JsonResult {
  try {
    const value: unknown = JSON.parse(text, (_, member: unknown) => (member === null ? undefined : member));
    return { ok: true, value };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}
