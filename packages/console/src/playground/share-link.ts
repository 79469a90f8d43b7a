/** What a link carries: the request and the scheme. There is no field for a secret, so that none can slip in. */
export interface SharedRequest {
  readonly text: string;
  readonly scheme: string;
}

const utf8 = new TextEncoder();

/** The longest link that is made, in characters: Chromium opens no address of more than two million. */
const longestLink = 1_000_000;
/** What a link may unpack to: the largest request that the local server takes is a tenth of it. */
const longestBytes = 10_000_000;

/**
 * Packs a request for the address's fragment, which browsers never send: deflated JSON as base64url.
 *
 * @returns `undefined` where it is too long for a link
 */
export async function packShared({ text, scheme }: SharedRequest): Promise<string | undefined> {
  const json = utf8.encode(JSON.stringify({ text, scheme }));
  if (json.length > longestBytes) return undefined;
  const packed = await through(json, new CompressionStream('deflate-raw'));
  if (packed.length > longestLink * 0.75) return undefined;
  return btoa(binaryOf(packed)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

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

/** What gives a secret away by itself, whatever was typed in the fields, and what it is called. */
const telling: readonly (readonly [RegExp, string])[] = [
  [/\b(?:accesskey|accountkey|sharedaccesskey)\s*=\s*[^\s;"'&]{8,}/i, 'a connection string with its key'],
  [/-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/, 'a private key'],
  [
    /(?:secret|(?:access|account|private|signing)_?key|auth_?token)["']?\s{0,9}[:=]\s{0,9}(["'`])[\w+/=-]{16,}\1/i,
    'what is called a secret there',
  ],
];

/** The key of a connection string. */
const keyInside = /\b(?:accesskey|accountkey|sharedaccesskey)\s*=\s*([^\s;"'&]{8,})/i;

/**
 * Why no link is made of a text: whoever gets the link gets the text, and a secret stands in it.
 *
 * @param secrets those that were typed; empty ones are none
 * @returns a sentence, or `undefined` for a text in which none is found
 */
export function notToShare(text: string, secrets: readonly string[]): string | undefined {
  const keys = secrets.flatMap((secret) => [secret, keyInside.exec(secret)?.[1] ?? '']);
  const passwords = Array.from(text.matchAll(/\bBasic\s{1,9}([A-Za-z0-9+/]{4,}={0,2})/gi), ([, base64 = '']) =>
    fromBase64(base64),
  );
  const plain = unescaped(text);
  const places = [plain, passwords.join('\n')];
  const found = keys.flatMap(formsOf).some((form) => places.some((place) => place.includes(form)));
  const what = found
    ? 'the secret itself'
    : (telling.find(([pattern]) => pattern.test(plain))?.[1] ??
      (passwords.some((pair) => /:./s.test(pair)) ? 'a password (Basic)' : undefined));
  return what === undefined
    ? undefined
    : `No link was made: ${what} stands in the text of the request, and the link would carry it. Take it out first.`;
}

/** A text without the ways in which JSON and addresses write a letter, where they differ from one writer to the next. */
function unescaped(text: string): string {
  return text
    .replaceAll(String.raw`\/`, '/')
    .replace(/\\u00([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase());
}

/** A secret as it is, in base64, in an address and in a form. Short texts stand in anything. */
function formsOf(secret: string): readonly string[] {
  const text = secret.trim();
  if (text.length < 6) return [];
  const base64 = toBase64(text);
  const inAddress = encodeURIComponent(new TextDecoder().decode(utf8.encode(text)));
  return [text, unescaped(text), inAddress, inAddress.replaceAll('%20', '+'), base64, base64.replace(/=+$/, '')];
}

function toBase64(text: string): string {
  return btoa(binaryOf(utf8.encode(text)));
}

/** What base64 stands for, a character each byte; empty where it is none. */
function fromBase64(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}

function binaryOf(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return binary;
}
