import { dirname, resolve } from 'node:path';
import type { Config } from './config-schema.ts';
import { findConfigFile, loadConfig, validConfig } from './load-config.ts';
import { configurationIn, type ProgramOptions } from './program-options.ts';

/** How a server is started: what a configuration file may say, and what only a program can. */
export interface ServerOptions extends Omit<Config, '$schema'>, ProgramOptions {}

/**
 * The configuration that options lead to: the file's, if there is one, and before it what is given directly.
 *
 * @returns it, with the directory that its paths are relative to
 * @throws ConfigError
 */
export async function configOf(options: ServerOptions): Promise<{ config: Config; directory: string }> {
  const own = validConfig(configurationIn(options), 'what startServer was given');
  const file = options.configFile ?? (options.findConfig ? await findConfigFile(process.cwd()) : undefined);
  if (file === undefined) return { config: own, directory: process.cwd() };
  const read = await loadConfig(file);
  const limits = { ...read.limits, ...own.limits };
  return { config: { ...read, ...own, limits }, directory: dirname(resolve(file)) };
}
