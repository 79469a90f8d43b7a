const thousands = new Intl.NumberFormat('en');

/** A count with its thousands apart: `1,204`. */
export function grouped(count: number): string {
  return thousands.format(count);
}
