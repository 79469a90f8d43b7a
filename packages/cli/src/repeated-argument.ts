/** For options that may be repeated: gathers their values. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
