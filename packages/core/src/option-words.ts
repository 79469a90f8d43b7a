/** What may be given besides the request and its key, by the name that the command line gives to it. */
export type InputOption =
  'now' | 'public-url' | 'var' | 'host' | 'environment' | 'also-secret-env' | 'your-string' | 'your-signature' | 'mac';

/**
 * Names an option in a sentence, with the value to give where one is known, as its reader gives it: `--now 2024-05-27T09:08:07Z`,
 * or the field of a page.
 */
export type OptionWords = (option: InputOption, value?: string) => string;

/** As options of the command line. */
export const commandLineWords: OptionWords = (option, value) =>
  value === undefined ? `--${option}` : `--${option} ${value}`;
