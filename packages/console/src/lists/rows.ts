/** The rows of a long list, of which only a few are drawn. */
export interface Rows {
  readonly count: number;
  /** The key of the row at an index. */
  readonly keyAt: (index: number) => string;
  /** Pixels. Every row has this height, so that the position of a row is known without the rows before it. */
  readonly rowHeight: number;
}

/** The index of the row with that key; -1 when there is none. */
export function indexOfRow({ count, keyAt }: Rows, key: string | undefined): number {
  if (key !== undefined) for (let at = 0; at < count; at++) if (keyAt(at) === key) return at;
  return -1;
}
