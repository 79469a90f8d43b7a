import { dirname, resolve } from 'node:path';
import type { Config } from './config-schema.ts';
import { findConfigFile, loadConfig, validConfig } from './load-config.ts';

/** How a server is started: what a configuration file may say, and what only a program can. */
export interface ServerOptions extends Omit<Config, '$schema'> {
  /** A configuration file. What is given beside it goes before what it says. */
  readonly configFile?: string;
  /** Look for `countersign.config.json` in the working directory when no file is given. Default false. */
  readonly findConfig?: boolean;
  /** Serve https: with a certificate made at first start, or with one's own. */
  readonly tls?: boolean | { readonly key: string; readonly cert: string };
  /** Where the certificate is kept. Default `.countersign` in the working directory. */
  readonly stateFolder?: string;
  /** Where secrets that a configuration names are looked up. Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The wall clock, on which signatures and tokens are judged. */
  readonly wallNow?: () => Date;
  /** Makes identifiers in the shape of a UUID. Default: random ones. */
  readonly newId?: () => string;
  /** Where the virtual clock stands at first, milliseconds since the epoch. */
  readonly clockStartsAtMs?: number;
  /** Told what went wrong inside the server, in one line. Default: standard error. */
  readonly onProblem?: (problem: string) => void;
}

/** What only a program can say; everything else that is given is configuration, and checked as such. */
const programOptions: readonly string[] = [
  'configFile',
  'findConfig',
  'tls',
  'stateFolder',
  'environment',
  'wallNow',
  'newId',
  'clockStartsAtMs',
  'onProblem',
] satisfies (keyof Omit<ServerOptions, keyof Config>)[];

/**
 * The configuration that options lead to: the file's, if there is one, and before it what is given directly.
 *
 * @returns it, with the directory that its paths are relative to
 * @throws ConfigError
 */
export async function configOf(options: ServerOptions): Promise<{ config: Config; directory: string }> {
  const given = Object.entries(options).filter(
    ([name, value]) => !programOptions.includes(name) && value !== undefined,
  );
  const own = validConfig(Object.fromEntries(given), 'what startServer was given');
  const file = options.configFile ?? (options.findConfig ? await findConfigFile(process.cwd()) : undefined);
  if (file === undefined) return { config: own, directory: process.cwd() };
  const read = await loadConfig(file);
  const limits = { ...read.limits, ...own.limits };
  return { config: { ...read, ...own, limits }, directory: dirname(resolve(file)) };
}
