/** The source files that a package's `exports` lead to. */
export function publicEntries(exports: Readonly<Record<string, unknown>>): string[];
/** The exports of the given files that have no TSDoc in front of them; `read` gives a file's text. */
export function undocumentedExports(files: readonly string[], read: (file: string) => string): string[];
