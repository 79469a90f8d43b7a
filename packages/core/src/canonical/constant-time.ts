/**
 * Whether a received digest's text equals the expected one, in time that depends on the expected length only. The
 * expected text's length is fixed by the scheme and public.
 */
export function equalInConstantTime(received: string, expected: string): boolean {
  let difference = received.length ^ expected.length;
  for (let at = 0; at < expected.length; at++) {
    // Past the end charCodeAt gives NaN, which `^` takes as 0; the length has already told.
    difference |= received.charCodeAt(at) ^ expected.charCodeAt(at);
  }
  return difference === 0;
}
