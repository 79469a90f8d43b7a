/**
 * Where a text stops being JSON, for people: `line 3, column 5`. The engine's own sentence is not shown: it repeats the text
 * around the place, which may be a key.
 */
export function jsonFault(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const at = /position (\d+)/.exec(message)?.[1];
  const isCutOff = at !== undefined && text.slice(Number(at)).trim() === '';
  if (isCutOff || /end of (?:JSON )?(?:input|data)|unterminated/i.test(message))
    return 'it ends before its last bracket is closed';
  if (at === undefined) return 'it is not closed, or a comma or a quotation mark is missing';
  const lines = text.slice(0, Number(at)).split('\n');
  return `something does not belong there at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
