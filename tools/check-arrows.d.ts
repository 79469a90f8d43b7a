/** The imports of a file that no arrow of its room allows; `used` is told which arrows allow the others. */
export function refusedImports(file: string, text: string, used?: (arrow: string) => void): string[];
/** What is wrong in these files, and the arrows of the table that none of them needs; `read` gives a file's text. */
export function arrowViolations(files: readonly string[], read: (file: string) => string): string[];
