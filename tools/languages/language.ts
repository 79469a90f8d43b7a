import type { FixLanguage } from '@countersign/core/diagnose';

/** A program as it is written to a file, by its name. */
export type Programs = ReadonlyMap<string, string>;

/** How the programs of a language are run: all of them one after the other, by as few processes as it takes. */
export interface Language {
  readonly name: FixLanguage;
  readonly extension: string;
  /** The commands that it takes. */
  readonly commands: readonly string[];
  /** Takes seconds: run by `npm run test:languages` alone. */
  readonly isSlow?: true;
  /** Returns what they said on the standard error. */
  run(folder: string, programs: Programs, env: NodeJS.ProcessEnv): Promise<string>;
}
