import type { PostmanScript } from '@countersign/core/requests/postman-items';

/** The line of a script in whose place a fix belongs. */
export interface FixPlace {
  readonly script: PostmanScript;
  /** From 1. */
  readonly line: number;
  readonly fix: string;
}

const declaration = /^[ \t]*(?:const|let|var)[ \t]+(\w+)[ \t]*=/;

/**
 * Where a fix belongs: in the place of the one line that declares what the fix declares. Nowhere, where no line of the
 * scripts does so, or several do, or the statement goes on in the next line.
 */
export function placeOfFix(scripts: readonly PostmanScript[], fix: string): FixPlace | undefined {
  const name = declaration.exec(fix)?.[1];
  if (name === undefined) return undefined;
  const places = scripts.flatMap((script) =>
    script.text
      .split('\n')
      .flatMap((text, at) => (declaration.exec(text)?.[1] === name ? [{ script, text, line: at + 1 }] : [])),
  );
  const [place, ...others] = places;
  if (!place || others.length > 0 || !isWhole(place.text)) return undefined;
  return { script: place.script, line: place.line, fix };
}

/** The same with a line before the fix that comes first. */
export function withLineBefore(places: readonly FixPlace[], line: string): readonly FixPlace[] {
  const first = Math.min(...places.map((place) => place.line));
  return places.map((place) => (place.line === first ? { ...place, fix: `${line}\n${place.fix}` } : place));
}

/** Whether every bracket that a line opens is closed in it, and it does not end in the middle of an expression. */
function isWhole(line: string): boolean {
  const code = line.replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, '""').replace(/\/\/.*$/, '');
  const count = (brackets: RegExp): number => code.match(brackets)?.length ?? 0;
  return count(/[([{]/g) === count(/[)\]}]/g) && /[\w)\]"};][ \t\r]*$/.test(code);
}

/** A collection with fixes pasted into its scripts. */
export function withFixes(collection: unknown, places: readonly FixPlace[]): unknown {
  if (Array.isArray(collection)) return collection.map((one) => withFixes(one, places));
  if (typeof collection !== 'object' || collection === null) return collection;
  const entries = Object.entries(collection).map(([name, member]): [string, unknown] => {
    if (name === 'exec') return [name, pasted(member, places)];
    // What a request or an example is made of holds no script.
    return name === 'request' || name === 'response' ? [name, member] : [name, withFixes(member, places)];
  });
  return Object.fromEntries(entries);
}

function pasted(exec: unknown, places: readonly FixPlace[]): unknown {
  const text = Array.isArray(exec) ? exec.join('\n') : exec;
  if (typeof text !== 'string') return exec;
  const lines = text.split('\n');
  for (const { script, line, fix } of places) if (script.text === text) lines[line - 1] = fix;
  return lines;
}
