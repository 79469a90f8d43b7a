import type { Header } from '@countersign/core/message';
import { bareValue, headerName } from '@countersign/core/requests/header-name';
import { badInput } from './failure.ts';

/** Reads `-H 'Name: value'`. The value may be empty; white space around it does not count, as on the wire. */
export function headerArgument(text: string): Header {
  const colon = text.indexOf(':');
  if (colon < 0) throw badInput('usage/header', `-H "${text}" has no colon; expected "Name: value"`);
  const name = text.slice(0, colon);
  const value = bareValue(text.slice(colon + 1));
  if (!headerName.test(name)) throw badInput('usage/header', `-H "${text}": "${name}" cannot be a header name`);
  // eslint-disable-next-line no-control-regex
  if (/[\0\r\n]/.test(value)) throw badInput('usage/header', `-H "${name}: …" has a line break or NUL in its value`);
  return [name, value];
}
