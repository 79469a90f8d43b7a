import { providers } from '@countersign/core/providers/catalog';
import { shellQuote } from '@countersign/core/requests/curl-writer';

/** The variables of the development account, as lines that a shell can take. */
export function variableLines(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `export ${name}=${shellQuote(value)}`);
}

/** Lines that give the same values the names that examples of the providers read, behind those of `variableLines`. */
export function otherNameLines(environment: Readonly<Record<string, string>>): string[] {
  const otherNames = Object.assign({}, ...providers.map(({ variables }) => variables.otherNames)) as Readonly<
    Record<string, readonly string[]>
  >;
  return Object.keys(environment).flatMap((name) =>
    (otherNames[name] ?? []).map((other) => `export ${other}="$${name}"`),
  );
}
