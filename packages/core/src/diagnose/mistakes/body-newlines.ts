import { bodyFixes } from '../fixes/string-to-sign.ts';
import type { BodyMove, MistakeClass } from '../search/mistake-class.ts';
import { withLineBreaks } from '../text/lost-line-breaks.ts';
import { withoutEnd, withoutStart } from '../../canonical/trimming.ts';

type LineChange =
  | { readonly kind: keyof typeof changes }
  /** Sent without the line breaks that the file has. */
  | { readonly kind: 'breaks lost'; readonly lineEnd: keyof typeof lineEndNames; readonly last: boolean };

/** Line ends, a trailing newline, a byte order mark. */
export const bodyNewlines: MistakeClass<LineChange> = {
  id: 'body/newlines',
  rank: 230,
  needs: 'body',
  usualFrom: ['curl'],
  stacksOn: 'any',
  bodies: (_, text) => lineEnds(text),
  say: (detail) =>
    detail.kind === 'breaks lost'
      ? `The body was hashed with its line breaks (${inWords(detail)}) and sent without them: curl -d @file and --data @file strip them, --data-binary @file keeps them.`
      : `The body was hashed ${changes[detail.kind].words}, unlike the one that was sent.`,
  fixes: ({ scheme }) =>
    bodyFixes(scheme, {
      javascript: 'body: bytes, await readFile(path), hashed and sent as they are',
      python: "body: open(path, 'rb').read(), without newline translation",
      csharp: 'body: File.ReadAllBytes(path), not ReadAllText',
      java: 'body: Files.readAllBytes(path)',
      php: 'body: file_get_contents($path), untouched',
      go: 'body: os.ReadFile(path), untouched',
      ruby: 'body: File.binread(path)',
      bash: 'printf %s, not echo; of a file: openssl dgst … < file and curl --data-binary @file',
      powershell: 'body: [IO.File]::ReadAllBytes($path), not Get-Content',
      postman: 'no trim(), no split into lines',
    }),
};

const lineEndNames = { '\n': 'LF', '\r\n': 'CRLF' } as const;

function inWords({ lineEnd, last }: Extract<LineChange, { kind: 'breaks lost' }>): string {
  return `${lineEndNames[lineEnd]}, ${last ? 'one at its end too' : 'none at its end'}`;
}

/** Changes each line, line ends of every kind kept. */
function eachLine(text: string, change: (line: string) => string): string {
  return text
    .split(/([\n\r\u2028\u2029])/)
    .map((piece, at) => (at % 2 === 0 ? change(piece) : piece))
    .join('');
}

const withLf = (text: string): string => text.replace(/\r\n?/g, '\n');

interface ChangeRow {
  readonly words: string;
  readonly cost: number;
  readonly change: (text: string) => string;
}

const changes = {
  'newline at end': { words: 'with a newline at its end', cost: 1, change: (text) => `${text}\n` },
  'CRLF at end': { words: 'with a CRLF at its end', cost: 1, change: (text) => `${text}\r\n` },
  LF: { words: 'with LF line ends', cost: 1, change: withLf },
  CRLF: { words: 'with CRLF line ends', cost: 1, change: (text) => withLf(text).replaceAll('\n', '\r\n') },
  'last newline missing': {
    words: 'without the newline at its end',
    cost: 1,
    change: (text) => text.replace(/\r?\n$/, ''),
  },
  trimmed: { words: 'without the white space at both its ends', cost: 1, change: (text) => text.trim() },
  'trimmed end': { words: 'without the white space at its end', cost: 1, change: (text) => text.trimEnd() },
  'no line breaks': {
    words: 'without line breaks (curl -d @file strips them)',
    cost: 1,
    change: (text) => text.replace(/[\r\n]/g, ''),
  },
  'byte order mark': { words: 'with a byte order mark', cost: 1, change: (text) => `\ufeff${text}` },
  'no byte order mark': {
    words: 'without its byte order mark',
    cost: 1,
    change: (text) => text.replace(/^\ufeff/, ''),
  },
  'one space': {
    words: 'with one space for each run of white space (a shell’s echo $body without quotes)',
    cost: 2,
    change: (text) => text.trim().replace(/\s+/g, ' '),
  },
  'one space and newline at end': {
    words: 'with one space for each run of white space and a newline at its end (a shell’s echo $body without quotes)',
    cost: 2,
    change: (text) => `${text.trim().replace(/\s+/g, ' ')}\n`,
  },
  CR: { words: 'with CR line ends', cost: 2, change: (text) => withLf(text).replaceAll('\n', '\r') },
  'trimmed start': { words: 'without the white space at its start', cost: 2, change: (text) => text.trimStart() },
  'spaces for line breaks': {
    words: 'with spaces in the place of line breaks',
    cost: 2,
    change: (text) => withLf(text).replaceAll('\n', ' '),
  },
  'two newlines at end': { words: 'with two newlines at its end', cost: 2, change: (text) => `${text}\n\n` },
  'newline at start': { words: 'with a newline at its start', cost: 2, change: (text) => `\n${text}` },
  'space at end': { words: 'with a space at its end', cost: 2, change: (text) => `${text} ` },
  'LF and newline at end': {
    words: 'with LF line ends and a newline at its end',
    cost: 2,
    change: (text) => `${withLf(text)}\n`,
  },
  'CRLF and CRLF at end': {
    words: 'with CRLF line ends, also at its end',
    cost: 2,
    change: (text) => `${withLf(text).replaceAll('\n', '\r\n')}\r\n`,
  },
  'CRLF and none at end': {
    words: 'with CRLF line ends and none at its end',
    cost: 2,
    change: (text) => withLf(text).trimEnd().replaceAll('\n', '\r\n'),
  },
  'LF and none at end': {
    words: 'with LF line ends and none at its end',
    cost: 2,
    change: (text) => withLf(text).trimEnd(),
  },
  'lines trimmed': {
    words: 'without the white space at the ends of its lines',
    cost: 2,
    change: (text) => eachLine(text, (line) => withoutEnd(line, ' \t')),
  },
  'no indentation': {
    words: 'without the indentation of its lines',
    cost: 3,
    change: (text) => eachLine(text, (line) => withoutStart(line, ' \t')),
  },
  'spaces for tabs': {
    words: 'with spaces in the place of tabs',
    cost: 3,
    change: (text) => text.replaceAll('\t', '    '),
  },
  'escaped line breaks': {
    words: 'with the characters \\n in the place of line breaks',
    cost: 2,
    change: (text) => withLf(text).replaceAll('\n', '\\n'),
  },
  'unescaped line breaks': {
    words: 'with line breaks in the place of the characters \\n',
    cost: 2,
    change: (text) => text.replaceAll('\\n', '\n'),
  },
  'zero byte at end': { words: 'with a zero byte at its end', cost: 3, change: (text) => `${text}\0` },
} as const satisfies Record<string, ChangeRow>;

function* lineEnds(text: string | undefined): Generator<BodyMove<LineChange>> {
  if (text === undefined || text === '') return;
  const broken = withLineBreaks(text);
  if (broken !== undefined) {
    for (const last of [true, false]) {
      for (const lineEnd of ['\n', '\r\n'] as const) {
        const body = (last ? `${broken}\n` : broken).replaceAll('\n', lineEnd);
        yield { detail: { kind: 'breaks lost', lineEnd, last }, cost: 1, body };
      }
    }
  }
  for (const [kind, { cost, change }] of Object.entries(changes) as [keyof typeof changes, ChangeRow][])
    yield { detail: { kind }, cost, body: change(text) };
}
