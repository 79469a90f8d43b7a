import { merged, type Piece } from '../diagnose/fixes/concatenation.ts';
import type { BytePiece } from './step-code.ts';

/** Neighboring texts made one piece each, so that what is signed as bytes stands between them. */
export function runs(pieces: readonly (Piece | 'body' | 'body-digest')[]): BytePiece[] {
  const result: BytePiece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string') result.push(piece);
    else if (typeof last === 'object') result[result.length - 1] = { text: merged([...last.text, piece]) };
    else if (!('text' in piece) || piece.text !== '') result.push({ text: [piece] });
  }
  return result.filter((piece) => typeof piece === 'string' || piece.text.length > 0);
}
