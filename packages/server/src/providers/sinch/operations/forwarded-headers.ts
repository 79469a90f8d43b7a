import type { Header } from '@countersign/core/message';
import { SinchError } from '../protocol/errors.ts';

const limits = { count: 5, nameLength: 32, valueLength: 128 } as const;

/**
 * Reads the `X-CB-*` headers, which every callback of the call repeats.
 *
 * @throws SinchError 40001 for more than 5, a name longer than 32 or a value longer than 128 characters, or a value that
 * is not ASCII
 */
export function readForwardedHeaders(headers: readonly Header[]): readonly Header[] {
  const forwarded = headers.filter(([name]) => /^x-cb-/i.test(name));
  if (forwarded.length > limits.count) {
    throw new SinchError(40001, `Invalid parameters: ${forwarded.length} X-CB- headers; ${limits.count} are allowed`);
  }
  for (const [name, value] of forwarded) {
    if (name.length > limits.nameLength) {
      throw new SinchError(40001, `Invalid parameters: the header name ${name} is longer than ${limits.nameLength}`);
    }
    if (value.length > limits.valueLength || /[^\x20-\x7e]/.test(value)) {
      throw new SinchError(
        40001,
        `Invalid parameters: the value of ${name} must be at most ${limits.valueLength} ASCII characters`,
      );
    }
  }
  return forwarded;
}
