import { ConfigError } from './load-config.ts';

/** What only a program can say about a server; everything else is configuration, and checked as such. */
export interface ProgramOptions {
  /** A configuration file. What is given along with it takes precedence over it. */
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

interface Rule {
  readonly wanted: string;
  readonly accepts: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

const rules: Readonly<Record<keyof ProgramOptions, Rule>> = {
  configFile: { wanted: 'the path of a file', accepts: isText },
  findConfig: { wanted: 'true or false', accepts: isBoolean },
  tls: { wanted: 'true, false, or { key, cert } in PEM', accepts: (value) => isBoolean(value) || isObject(value) },
  stateFolder: { wanted: 'the path of a folder', accepts: isText },
  environment: { wanted: 'an object of variables', accepts: isObject },
  wallNow: { wanted: 'a function that returns a Date', accepts: isFunction },
  newId: { wanted: 'a function that returns an identifier', accepts: isFunction },
  clockStartsAtMs: { wanted: 'milliseconds since the epoch', accepts: Number.isFinite },
  onProblem: { wanted: 'a function that takes a line of text', accepts: isFunction },
};

/**
 * Checks the options that only a program can give, and tells the others from them. What is `undefined` has its default.
 *
 * @returns the options that are configuration
 * @throws ConfigError naming the option that is of another type than it has to be, without its value
 */
export function configurationIn(options: ProgramOptions): Readonly<Record<string, unknown>> {
  const configuration: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(rules, name)) {
      configuration[name] = value;
      continue;
    }
    const { wanted, accepts } = rules[name as keyof ProgramOptions];
    if (!accepts(value)) throw new ConfigError(`the option ${name} of startServer must be ${wanted}`);
  }
  return configuration;
}
