import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseJson } from '../http/json-syntax.ts';
import { shapeOf } from '../http/json-shape.ts';
import { type Config, configSchema } from './config-schema.ts';

/** The name under which the configuration file is found in the working directory. */
const configFileName = 'countersign.config.json';

/** A configuration that cannot be used. The message says which file, where in it, and what was expected there. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const checkConfig = shapeOf(configSchema);

/**
 * Reads a configuration file. A byte order mark at its start is skipped.
 *
 * @throws ConfigError when it cannot be read, is not JSON, or is not of the published schema
 */
export async function loadConfig(file: string): Promise<Config> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConfigError(`cannot read ${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
  const parsed = parseJson(withoutByteOrderMark(bytes), 'file');
  if (!parsed.ok) throw new ConfigError(`${file}: ${parsed.problem.message}`);
  return validConfig(parsed.value, file);
}

/** Editors and shells of Windows put one in front of what they save as UTF-8. */
function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/**
 * Checks a configuration that is there as a value.
 *
 * @param source where it comes from, for errors
 */
export function validConfig(value: unknown, source: string): Config {
  const checked = checkConfig(value);
  if (checked.ok) return checked.value;
  const problems = checked.problems.map(
    ({ pointer, message }) => `  ${shownPointer(pointer) || 'the file'} ${message}`,
  );
  throw new ConfigError(`${source} is not a valid configuration:\n${problems.join('\n')}`);
}

/** What a key in base64 or hex is made of, as a step of a pointer: with `~1` for a slash. No member's name is like that. */
const keyLikeStep = /\/(?=[^/]*\d)(?=[^/]*[A-Za-z])(?:[\w+=-]|~1){16,}(?=\/|$)/g;

/** Where in the file, without names that may be a key: it has been put to the left of its colon, where a name belongs. */
function shownPointer(pointer: string): string {
  return pointer.replace(keyLikeStep, '/[not shown]');
}

/** The configuration file of a directory, if it has one. */
export async function findConfigFile(directory: string): Promise<string | undefined> {
  const file = resolve(directory, configFileName);
  try {
    await access(file);
    return file;
  } catch {
    return undefined;
  }
}
