/** The violations among the given files; `read` gives a file's text. */
export function layoutViolations(files: readonly string[], read: (file: string) => string): string[];
