/** A text that does not fit into a sentence is cut there; the whole of it stands beside the sentence. */
export function brief(text: string): string {
  return text.length > 120 ? `${text.slice(0, 80)}…${text.slice(-24)}` : text;
}
