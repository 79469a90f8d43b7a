/** What a stream was given to write together. */
type Chunks = readonly { readonly chunk: unknown; readonly encoding: BufferEncoding }[];

/** As long as Node writes a text from its own buffer, without allocating one. */
const longest = 16 * 1024;

/**
 * A head and its short body as one text, a character for each byte: writing that costs a third less than writing pieces.
 * `undefined` where they are too long for it, or text in another encoding.
 */
export function oneText(chunks: Chunks): string | undefined {
  let text = '';
  for (const { chunk, encoding } of chunks) {
    if (typeof chunk === 'string' && encoding === 'latin1') text += chunk;
    else if (!Buffer.isBuffer(chunk) || text.length + chunk.length > longest) return undefined;
    else text += chunk.toString('latin1');
  }
  return text.length > longest ? undefined : text;
}
