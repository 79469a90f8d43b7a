import { told, type Told } from '../search/told.ts';
import type { BodyMove, MistakeClass } from '../search/mistake-class.ts';
import { withoutEnd, withoutStart } from '../../canonical/trimming.ts';

/** Line ends, a trailing newline, a byte order mark. */
export const bodyNewlines: MistakeClass<Told> = {
  id: 'body/newlines',
  rank: 230,
  needs: 'body',
  usualFrom: ['curl'],
  stacksOn: 'any',
  bodies: (_, text) => lineEnds(text),
  say: ({ how }) => `The body was hashed ${how}, unlike the one that was sent.`,
  fixes: {
    javascript: 'const body = await readFile(path); // bytes, hashed and sent as they are',
    python: "body = open(path, 'rb').read()  # 'rb': no newline translation",
    csharp: 'var body = File.ReadAllBytes(path); // not ReadAllText',
    java: 'byte[] body = Files.readAllBytes(path);',
    php: '$body = file_get_contents($path); // in a shell: curl --data-binary @file',
    postman: 'const body = pm.variables.replaceIn(pm.request.body.raw); // no trim(), no split into lines',
  },
};

/** Changes each line, line ends of every kind kept. */
function eachLine(text: string, change: (line: string) => string): string {
  return text
    .split(/([\n\r\u2028\u2029])/)
    .map((piece, at) => (at % 2 === 0 ? change(piece) : piece))
    .join('');
}

function* lineEnds(text: string | undefined): Generator<BodyMove<Told>> {
  if (text === undefined || text === '') return;
  const lf = text.replace(/\r\n?/g, '\n');
  yield { detail: told('with a newline at its end'), cost: 1, body: `${text}\n` };
  yield { detail: told('with a CRLF at its end'), cost: 1, body: `${text}\r\n` };
  yield { detail: told('with LF line ends'), cost: 1, body: lf };
  yield { detail: told('with CRLF line ends'), cost: 1, body: lf.replaceAll('\n', '\r\n') };
  yield { detail: told('with white space trimmed'), cost: 1, body: text.trim() };
  yield { detail: told('with the white space at its end trimmed'), cost: 1, body: text.trimEnd() };
  yield { detail: told('without its last newline'), cost: 1, body: text.replace(/\r?\n$/, '') };
  yield { detail: told('without line breaks (curl -d @file strips them)'), cost: 1, body: text.replace(/[\r\n]/g, '') };
  yield { detail: told('with a byte order mark'), cost: 1, body: `\ufeff${text}` };
  yield { detail: told('without its byte order mark'), cost: 1, body: text.replace(/^\ufeff/, '') };
  yield { detail: told('with CR line ends'), cost: 2, body: lf.replaceAll('\n', '\r') };
  yield { detail: told('with the white space at its start trimmed'), cost: 2, body: text.trimStart() };
  yield { detail: told('with spaces in the place of line breaks'), cost: 2, body: lf.replaceAll('\n', ' ') };
  yield { detail: told('with two newlines at its end'), cost: 2, body: `${text}\n\n` };
  yield { detail: told('with a newline at its start'), cost: 2, body: `\n${text}` };
  yield { detail: told('with a space at its end'), cost: 2, body: `${text} ` };
  yield { detail: told('with LF line ends and a newline at its end'), cost: 2, body: `${lf}\n` };
  yield { detail: told('with CRLF line ends, also at its end'), cost: 2, body: `${lf.replaceAll('\n', '\r\n')}\r\n` };
  yield {
    detail: told('with CRLF line ends and none at its end'),
    cost: 2,
    body: lf.trimEnd().replaceAll('\n', '\r\n'),
  };
  yield { detail: told('with LF line ends and none at its end'), cost: 2, body: lf.trimEnd() };
  yield {
    detail: told('without the white space at the ends of its lines'),
    cost: 2,
    body: eachLine(text, (line) => withoutEnd(line, ' \t')),
  };
  yield {
    detail: told('without the indentation of its lines'),
    cost: 3,
    body: eachLine(text, (line) => withoutStart(line, ' \t')),
  };
  yield { detail: told('with spaces in the place of tabs'), cost: 3, body: text.replaceAll('\t', '    ') };
  yield {
    detail: told('with the characters \\n in the place of line breaks'),
    cost: 2,
    body: lf.replaceAll('\n', '\\n'),
  };
  yield {
    detail: told('with line breaks in the place of the characters \\n'),
    cost: 2,
    body: text.replaceAll('\\n', '\n'),
  };
  yield { detail: told('with a zero byte at its end'), cost: 3, body: `${text}\0` };
}
