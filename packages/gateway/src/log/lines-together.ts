/** Lines that are written together. */
export interface LinesTogether {
  /** Takes a line, without its end. */
  add(line: string): void;
  /** Writes what is there, at once: before the process ends. */
  flush(): void;
}

/** More than that is not kept back, in characters. */
const mostKept = 64 * 1024;

/**
 * Writes the lines of one turn of the event loop in one piece: under load a log costs a tenth of what it costs line by line,
 * and without load a line waits for no other.
 *
 * @param write takes one or more lines, each with its end
 */
export function linesTogether(write: (lines: string) => void): LinesTogether {
  let kept = '';
  let isDue = false;
  const flush = (): void => {
    isDue = false;
    const lines = kept;
    kept = '';
    if (lines !== '') write(lines);
  };
  return {
    add(line) {
      kept += `${line}\n`;
      if (kept.length > mostKept) return flush();
      if (isDue) return;
      isDue = true;
      setImmediate(flush);
    },
    flush,
  };
}
