import { encodeBase64, encodeHex, utf8 } from '../../canonical/byte-encoding.ts';
import { digestLength, type HashAlgorithm } from '../../digest/algorithms.ts';

/** A digest as a command-line tool prints it: hexadecimal, with something beside it. */
export interface PrintedDigest {
  readonly hex: string;
  readonly tool: string;
}

const digits = '(?:[0-9a-f]{2}){16,64}';
const digitPairs = '[0-9a-f]{2}(?::[0-9a-f]{2}){15,63}';

const forms: readonly { readonly form: RegExp; readonly tool: (hex: string) => string }[] = [
  // "(stdin)= …" up to 1.1.1, "SHA2-256(stdin)= …" since 3.0, "HMAC-SHA2-256(body.json)= …" of a file.
  {
    form: new RegExp(`^(?:[a-z][\\w/-]*)?\\([^()]*\\)= *(${digits}|${digitPairs})$`, 'i'),
    tool: () => 'openssl dgst',
  },
  { form: new RegExp(`^(${digits}) \\*\\S.*$`, 'i'), tool: () => 'openssl dgst -r' },
  { form: new RegExp(`^\\\\?(${digits}) {2}\\S.*$`, 'i'), tool: (hex) => sumTools[hex.length / 2] ?? 'sha256sum' },
  { form: new RegExp(`^[a-z][\\w-]* \\(.*\\) = (${digits})$`, 'i'), tool: () => 'md5 or sha256sum --tag' },
  { form: new RegExp(`^(${digitPairs})$`, 'i'), tool: () => 'openssl dgst -c' },
  { form: /^([0-9a-f]{2}(?:-[0-9a-f]{2}){15,63})$/i, tool: () => 'BitConverter.ToString' },
  { form: /^([0-9a-f]{2}(?:\s+[0-9a-f]{2}){15,63})$/i, tool: () => 'od or hexdump' },
];

const sumTools: Readonly<Record<number, string>> = { 16: 'md5sum', 20: 'sha1sum', 32: 'sha256sum', 64: 'sha512sum' };

/** Reads what a tool printed; `undefined` when it is none of its lines. */
export function printedDigest(text: string): PrintedDigest | undefined {
  const line = text.trim();
  for (const { form, tool } of forms) {
    const hex = form.exec(line)?.[1];
    if (hex !== undefined) return { hex: hex.replace(/[:\s-]/g, ''), tool: tool(hex) };
  }
  const dumped = dumpedHex(line);
  return dumped === undefined ? undefined : { hex: dumped, tool: 'xxd' };
}

/** The bytes of a dump with offsets and a column of text: `00000000: 406e 4b43 …  @nKC…`. */
function dumpedHex(text: string): string | undefined {
  const rows = text.split('\n').map((row) => /^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} ){1,16}) .{1,16}$/i.exec(row)?.[1]);
  return rows.every((row) => row !== undefined) ? rows.join('').replaceAll(' ', '') : undefined;
}

/** A text that a tool broke into lines of a length that such tools use, put together again; `undefined` for any other. */
export function withoutLineBreaks(text: string): string | undefined {
  const lines = text.trim().split(/\s+/);
  const [first = '', ...others] = lines;
  if (others.length === 0 || !lineLengths.includes(first.length)) return undefined;
  const isWhole = others.every((line, at) => at === others.length - 1 || line.length === first.length);
  return isWhole && (others.at(-1) ?? '').length <= first.length ? lines.join('') : undefined;
}

/** Of base64 (GNU, Python), of openssl base64 and PEM, of xxd -p and Ruby’s encode64. */
const lineLengths: readonly number[] = [76, 64, 60];

function brokenAt(text: string, length: number): string {
  return text.replace(new RegExp(`.{1,${length}}`, 'g'), '$&\n');
}

/** A digest as it may be put into a text: what a tool printed, itself or encoded. */
export interface PrintedSpelling {
  readonly label: string;
  readonly text: string;
  readonly cost: number;
}

/** What openssl calls an algorithm: before 3.0, and since. */
const opensslNames: Readonly<Record<HashAlgorithm, readonly string[]>> = {
  md5: ['MD5'],
  sha1: ['SHA1'],
  sha256: ['SHA2-256', 'SHA256'],
  sha384: ['SHA2-384', 'SHA384'],
  sha512: ['SHA2-512', 'SHA512'],
};

/** Names that people give the file with the body. */
const fileNames = [
  'body.json',
  'body.txt',
  'body',
  'payload.json',
  'payload',
  'request.json',
  'data.json',
  'message.json',
  'input.json',
  'post.json',
  'req.json',
  'test.json',
  'callout.json',
  'tts.json',
  'json',
  '/dev/stdin',
];

/** A digest as pipelines of a shell hand it on, the likelier first; `usual` leaves out the rest. */
export function* printedSpellings(
  digest: Uint8Array,
  algorithm: HashAlgorithm,
  extent: 'usual' | 'all',
): Generator<PrintedSpelling> {
  const hex = encodeHex(digest);
  const base64 = (text: string): string => encodeBase64(utf8.encode(text));
  yield { label: 'base64 of the hexadecimal text and a newline', text: base64(`${hex}\n`), cost: 1 };
  const names = opensslNames[algorithm];
  const sum = sumTools[digestLength[algorithm]] ?? 'sha256sum';
  const lines: (readonly [tool: string, line: string])[] = [
    [sum, `${hex}  -`],
    ['openssl dgst', `(stdin)= ${hex}`],
    ...names.map((name) => ['openssl dgst', `${name}(stdin)= ${hex}`] as const),
    ['openssl dgst -r', `${hex} *stdin`],
  ];
  for (const [tool, line] of lines) {
    yield { label: `base64 of the line that ${tool} prints`, text: base64(`${line}\n`), cost: 2 };
    yield { label: `the line that ${tool} prints`, text: line, cost: 2 };
  }
  const wrapped = brokenAt(hex, 60);
  if (wrapped.length > hex.length + 1)
    yield { label: 'base64 of the two lines that xxd -p prints', text: base64(wrapped), cost: 2 };
  if (extent === 'usual') return;
  for (const [tool, line] of lines)
    yield { label: `base64 of the line that ${tool} prints, without its newline`, text: base64(line), cost: 3 };
  yield { label: 'base64 of the hexadecimal text after a space', text: base64(` ${hex}\n`), cost: 3 };
  yield {
    label: 'base64 of the upper-case hexadecimal text and a newline',
    text: base64(`${hex.toUpperCase()}\n`),
    cost: 3,
  };
  for (const length of lineLengths) {
    const plain = encodeBase64(digest);
    if (plain.length > length)
      yield { label: `base64 broken after ${length} characters`, text: brokenAt(plain, length), cost: 3 };
  }
  for (const name of fileNames) {
    for (const [tool, line] of [
      [sum, `${hex}  ${name}`],
      ...names.map((known) => ['openssl dgst', `${known}(${name})= ${hex}`] as const),
      ['openssl dgst -r', `${hex} *${name}`],
      [`${sum} --tag`, `${algorithm.toUpperCase()} (${name}) = ${hex}`],
    ] as const) {
      yield { label: `base64 of the line that ${tool} prints`, text: base64(`${line}\n`), cost: 4 };
      yield { label: `the line that ${tool} prints`, text: line, cost: 4 };
    }
  }
}
