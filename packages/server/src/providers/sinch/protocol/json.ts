import { parseJsonText } from '../../../http/json-syntax.ts';
import { withoutNulls } from '../../kit/without-nulls.ts';

/** Text that should be JSON: its value, or what is wrong with it. `null` members count as absent. */
export type JsonResult =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

/** Reads JSON without throwing. Members that are `null` are dropped: some clients write unset fields so. */
export function readJson(text: string): JsonResult {
  const parsed = parseJsonText(text);
  if (parsed.ok) return { ok: true, value: withoutNulls(parsed.value) };
  const { excess, message } = parsed.problem;
  return { ok: false, problem: excess ?? message };
}
