/** A text in which backticks mark code. */
export function CodeWords({ text }: { text: string }) {
  // Every second piece stood between two of them.
  return <>{text.split('`').map((piece, index) => (index % 2 === 1 ? <code key={index}>{piece}</code> : piece))}</>;
}
