/** What V8 needs for any string besides its characters. */
const stringBytes = 16;
const objectBytes = 24;
const memberBytes = 8;
const bufferBytes = 64;

/**
 * What a text weighs, in bytes: as UTF-8, and what a string costs by itself. V8 keeps text with characters beyond Latin-1
 * at two bytes each, so mixed text takes up to twice that.
 */
export function textBytes(text: string): number {
  return stringBytes + Buffer.byteLength(text);
}

/**
 * What plain data weighs in memory, in bytes: an estimate that counts every text, number, member and byte once, in linear
 * time. What is referred to twice counts twice.
 *
 * @param value JSON-like data without cycles; bytes count by their length, functions as nothing but themselves
 */
export function weightOf(value: unknown): number {
  return counted(value, Number.POSITIVE_INFINITY);
}

/** Whether plain data weighs more than so many bytes; stops counting soon after that. */
export function weighsMoreThan(bytes: number, value: unknown): boolean {
  return counted(value, bytes) > bytes;
}

/** How deep data is followed by calls, which leave no garbage behind. What lies deeper stands in a list meanwhile. */
const levelsByCalls = 32;

function counted(value: unknown, enough: number): number {
  const deeper: unknown[] = [];
  let bytes = countedByCalls(value, enough, levelsByCalls, deeper);
  while (deeper.length > 0 && bytes <= enough) {
    bytes += countedByCalls(deeper.pop(), enough, levelsByCalls, deeper);
  }
  return bytes;
}

/** `enough` as it was given for what is inside, too: a difference would be a number of its own in memory each time. */
function countedByCalls(value: unknown, enough: number, levels: number, deeper: unknown[]): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object' || value === null) return memberBytes;
  if (levels === 0) {
    deeper.push(value);
    return 0;
  }
  if (ArrayBuffer.isView(value)) return bufferBytes + value.byteLength;
  let bytes = objectBytes;
  if (Array.isArray(value)) {
    bytes += value.length * memberBytes;
    for (let index = 0; index < value.length && bytes <= enough; index += 1) {
      bytes += countedByCalls(value[index], enough, levels - 1, deeper);
    }
    return bytes;
  }
  const members = value as Readonly<Record<string, unknown>>;
  // A list of the names, as Object.keys makes it, would be the greater part of what weighing a request takes.
  for (const name in members) {
    if (bytes > enough) break;
    bytes += memberBytes + name.length + countedByCalls(members[name], enough, levels - 1, deeper);
  }
  return bytes;
}
