/** Where two texts differ: from `start`, which they share, to an end in each, behind which they are equal again. */
export interface DifferingRun {
  readonly start: number;
  /** The end in the first text, exclusive. */
  readonly yoursEnd: number;
  /** The end in the second text, exclusive. */
  readonly expectedEnd: number;
}

/** The shortest run in which two texts differ; empty in a text that only lacks something, and in both when they are equal. */
export function differingRun(yours: string, expected: string): DifferingRun {
  const shorter = Math.min(yours.length, expected.length);
  let start = 0;
  while (start < shorter && yours[start] === expected[start]) start++;
  // Not through the middle of a character of two code units.
  if (isLow(yours, start) || isLow(expected, start)) start--;
  let same = 0;
  while (same < shorter - start && yours.at(-1 - same) === expected.at(-1 - same)) same++;
  if (same > 0 && (isLow(yours, yours.length - same) || isLow(expected, expected.length - same))) same--;
  return { start, yoursEnd: yours.length - same, expectedEnd: expected.length - same };
}

function isLow(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return at > 0 && unit >= 0xdc_00 && unit <= 0xdf_ff;
}
