/** The label of a field for a further key. @param index from 0 */
export function otherKeyName(index: number): string {
  return `Other key ${index + 1}`;
}
