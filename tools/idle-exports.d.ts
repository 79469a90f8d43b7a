/** The exported values of modules that none of them imports: `file: name`. `read` gives a module's text. */
export function idleExports(
  files: readonly string[],
  read: (file: string) => string,
  isPublic: (file: string) => boolean,
): string[];

/** The house's modules: those of the packages' sources. */
export function houseFiles(): string[];
