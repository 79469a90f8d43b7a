/** What a link carries: the request and the scheme. There is no field for a secret, so that none can slip in. */
export interface SharedRequest {
  readonly text: string;
  readonly scheme: string;
}

const utf8 = new TextEncoder();

/** Packs a request for the address's fragment, which browsers never send: deflated JSON as base64url. */
export async function packShared({ text, scheme }: SharedRequest): Promise<string> {
  const packed = await through(utf8.encode(JSON.stringify({ text, scheme })), new CompressionStream('deflate-raw'));
  let binary = '';
  for (const byte of packed) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What a link may unpack to: the largest request that the local server takes is a tenth of it. */
const longestBytes = 10_000_000;

/** Unpacks what `packShared` made; `undefined` when the link is damaged, or grows into what no request is. */
export async function unpackShared(packed: string): Promise<SharedRequest | undefined> {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const json = new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')));
    const value = JSON.parse(json) as Partial<SharedRequest>;
    return typeof value.text === 'string' ? { text: value.text, scheme: String(value.scheme ?? '') } : undefined;
  } catch {
    return undefined;
  }
}

async function through(bytes: Uint8Array, transform: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(transform);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ;) {
    const { value, done } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    chunks.push(value);
    length += value.length;
    if (length > longestBytes) throw new RangeError('the link holds more than a request');
  }
}

/** Names that stand before the key in connection strings and addresses. */
const keyInside = /\b(?:accesskey|accountkey|sharedaccesskey)\s*=\s*([^\s;"'&]{8,})/i;

/**
 * Why no link is made of a text: whoever gets the link gets the text, and a secret stands in it.
 *
 * @param secrets those that were typed; empty ones are none
 * @returns a sentence, or `undefined` for a text in which none is found
 */
export function notToShare(text: string, secrets: readonly string[]): string | undefined {
  const keys = secrets.flatMap((secret) => [secret, keyInside.exec(secret)?.[1] ?? '']);
  const found = keys.flatMap(formsOf).some((form) => text.includes(form));
  if (!found && !keyInside.test(text)) return undefined;
  const what = found ? 'the secret itself' : 'a connection string with its key';
  return `No link was made: ${what} stands in the text of the request, and the link would carry it. Take it out first.`;
}

/** A secret as it is, in base64 and in an address. Short texts stand in anything. */
function formsOf(secret: string): readonly string[] {
  const text = secret.trim();
  if (text.length < 6) return [];
  const base64 = btoa(String.fromCharCode(...utf8.encode(text)));
  return [text, encodeURIComponent(text), base64, base64.replace(/=+$/, '')];
}
