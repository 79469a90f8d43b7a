/**
 * Whether a received digest's text equals the expected one, in time that depends on the lengths only. The expected text's
 * length is fixed by the scheme and public.
 */
export function equalInConstantTime(received: string, expected: string): boolean {
  if (received.length !== expected.length) return false;
  let difference = 0;
  for (let at = 0; at < expected.length; at++) difference |= received.charCodeAt(at) ^ expected.charCodeAt(at);
  return difference === 0;
}
