/** Which of a language's imports the code of a program needs, in the order of the table. */
export function usedImports(
  code: string,
  table: readonly (readonly [used: RegExp, imported: string])[],
): readonly string[] {
  // What stands in a text is no use of a name; Ruby and PHP have code in theirs, but no import.
  const withoutTexts = code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
  return table.filter(([used]) => used.test(withoutTexts)).map(([, imported]) => imported);
}

/** Lines of a program, each moved in by so much. */
export function indented(lines: readonly string[], by: string): string {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => (line === '' ? line : by + line))
    .join('\n');
}

/** Comments at the top of a program. */
export function commented(lines: readonly string[], mark: string): string {
  return lines.map((line) => `${mark} ${line}`).join('\n');
}
