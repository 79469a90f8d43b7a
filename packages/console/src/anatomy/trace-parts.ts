import type { BytesView } from '@countersign/server/control/views/bytes-view';
import type { TraceView } from '@countersign/server/control/views/exchange-view';
import type { ShownPart } from './shown-part.ts';

/** The parts of a trace as the control API gives it. */
export function partsOfTrace(trace: TraceView | undefined): readonly ShownPart[] {
  return (trace?.parts ?? []).map(({ name, source, before, bytes, after }) => ({
    name,
    from: source.from,
    before,
    text: textOf(bytes),
    after,
  }));
}

function textOf(bytes: BytesView): string {
  if ('text' in bytes) return bytes.text;
  return Array.from(atob(bytes.base64), (character) =>
    character >= ' ' && character <= '~' ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  ).join('');
}
