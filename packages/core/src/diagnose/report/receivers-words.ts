import { brief } from '../text/brief.ts';

/** A value of a part, and what belongs there. */
interface Values {
  readonly part: string;
  readonly yours: string;
  readonly expected: string;
  /** What was done to it, as a class says in brackets. */
  readonly what: string | undefined;
}

/** Of a string that the user's own code made: what stands in the place of a part. */
export function sayOwnValue({ part, yours, expected, what }: Values): string {
  return `In your string the ${part} is ${quoted(yours)}${bracketed(what)}; in the request it is ${quoted(expected)}.`;
}

/** Of a request that the provider sent: what it signed, and what the user's server got. */
export function sayReceivedValue({ part, yours, expected, what }: Values): string {
  return `The sender signed ${quoted(yours)} as the ${part}${bracketed(what)}; your server got ${quoted(expected)}.`;
}

function quoted(value: string): string {
  return value === '' ? 'nothing' : `"${brief(value)}"`;
}

function bracketed(what: string | undefined): string {
  return what === undefined ? '' : ` (${what})`;
}
