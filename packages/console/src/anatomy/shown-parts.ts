import type { SigningTrace } from '@countersign/core/trace';
import type { ShownPart } from './shown-part.ts';

const utf8 = new TextDecoder();

/** A trace's parts as text. */
export function shownParts(trace: SigningTrace | undefined): ShownPart[] {
  return (trace?.parts ?? []).map(({ name, source, before, bytes, after }) => ({
    name,
    from: source.from,
    before,
    text: utf8.decode(bytes),
    after,
  }));
}
