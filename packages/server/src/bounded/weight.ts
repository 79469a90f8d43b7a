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

/** Whether plain data weighs more than so many bytes; counts no further than that. */
export function weighsMoreThan(bytes: number, value: unknown): boolean {
  return counted(value, bytes) > bytes;
}

function counted(value: unknown, enough: number): number {
  let bytes = 0;
  // A stack of its own: how deep the data is decides nothing.
  const open: unknown[] = [value];
  while (open.length > 0 && bytes <= enough) {
    const one = open.pop();
    if (typeof one === 'string') bytes += textBytes(one);
    else if (typeof one !== 'object' || one === null) bytes += memberBytes;
    else if (ArrayBuffer.isView(one)) bytes += bufferBytes + one.byteLength;
    else if (Array.isArray(one)) {
      bytes += objectBytes + one.length * memberBytes;
      for (const item of one as readonly unknown[]) open.push(item);
    } else {
      bytes += objectBytes;
      for (const name of Object.keys(one)) {
        bytes += memberBytes + name.length;
        open.push((one as Readonly<Record<string, unknown>>)[name]);
      }
    }
  }
  return bytes;
}
