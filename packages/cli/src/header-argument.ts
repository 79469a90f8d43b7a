import type { Header } from '@countersign/core/message';
import { bareValue, headerNamePattern } from '@countersign/core/requests/header-name';
import { badInput } from './failure.ts';

/**
 * Reads `-H 'Name: value'`. The value may be empty; white space around it does not count, as on the wire. Errors name a
 * header by its place: what is no header may be a key or a connection string.
 *
 * @param index how many come before it
 */
export function headerArgument(text: string, index: number): Header {
  const which = `header ${index + 1} (-H)`;
  const colon = text.indexOf(':');
  if (colon < 0) throw badInput('usage/header', `-H "${text}" has no colon; expected "Name: value"`);
  const name = text.slice(0, colon);
  const value = bareValue(text.slice(colon + 1));
  if (!headerNamePattern.test(name))
    throw badInput('usage/header', `${which} has no name before its colon; expected "Name: value"`);
  // eslint-disable-next-line no-control-regex
  if (/[\0\r\n]/.test(value)) throw badInput('usage/header', `${which}, ${name}, has a line break or NUL in its value`);
  return [name, value];
}
