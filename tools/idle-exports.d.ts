/** The exported values of modules that none of them imports: `file: name`. `read` gives a module's text. */
export function idleExports(
  files: readonly string[],
  read: (file: string) => string,
  isPublic: (file: string) => boolean,
): string[];

/** The modules that are held to it. */
export function houseFiles(): string[];
