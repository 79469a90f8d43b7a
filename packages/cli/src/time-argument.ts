import { badInput } from './failure.ts';

const iso8601 = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
const rfc1123 = /^(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d{2}:\d{2}(?::\d{2})? (?:GMT|UTC?|[+-]\d{4})$/;

/**
 * Reads a time given on the command line: ISO 8601 (with `Z`, an offset, or UTC when neither is there) or RFC 1123.
 *
 * @param option the option's name, for the error
 */
export function timeArgument(text: string, option: string): Date {
  const trimmed = text.trim();
  const time = iso8601.test(trimmed) ? parseIso(trimmed) : rfc1123.test(trimmed) ? new Date(trimmed) : undefined;
  if (time !== undefined && !Number.isNaN(time.getTime())) return time;
  throw badInput(
    'usage/time',
    `${option} "${text}" is not a time; expected ISO 8601 (2024-05-27T09:08:07Z) or RFC 1123 (Mon, 27 May 2024 09:08:07 GMT)`,
  );
}

function parseIso(text: string): Date {
  const [day = '', clock = '00:00:00Z'] = text.toUpperCase().split(/[T ]/);
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(clock) ? clock : `${clock}Z`;
  // Date.parse takes milliseconds only, and wants a colon in the offset.
  const normal = zoned
    .replace(',', '.')
    .replace(/(\.\d{3})\d+/, '$1')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  return new Date(`${day}T${normal}`);
}
