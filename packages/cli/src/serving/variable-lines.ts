import { shellQuote } from '../requests/curl-writer.ts';

/**
 * The names by which examples of the providers call the same values, where a name says whose it is: Microsoft's SDK samples
 * in JavaScript, Python and Java; Sinch's snippets in Java and its examples in C#.
 */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  COMMUNICATION_SERVICES_CONNECTION_STRING: ['COMMUNICATION_SAMPLES_CONNECTION_STRING'],
  SINCH_APPLICATION_KEY: ['SINCH_APPLICATION_API_KEY', 'SINCH_APP_KEY'],
  SINCH_APPLICATION_SECRET: ['SINCH_APPLICATION_API_SECRET', 'SINCH_APP_SECRET'],
};

/** The variables of the development account, as lines that a shell can take. */
export function variableLines(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `export ${name}=${shellQuote(value)}`);
}

/** Lines that give the same values other names, behind those of `variableLines`. */
export function otherNameLines(environment: Readonly<Record<string, string>>): string[] {
  return Object.keys(environment).flatMap((name) =>
    (otherNames[name] ?? []).map((other) => `export ${other}="$${name}"`),
  );
}
