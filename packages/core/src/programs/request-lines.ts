import { textOfUtf8 } from '../canonical/byte-encoding.ts';
import type { FixLanguage } from '../diagnose/diagnosis.ts';
import { headerLine, quoted, variableFor } from '../diagnose/fixes/headers.ts';
import { literal } from '../diagnose/fixes/literal.ts';
import { assigned, nameIn } from '../diagnose/fixes/statement.ts';
import type { Message } from '../message.ts';
import { unwritable } from './kit/unwritable.ts';

/** A request that a program is to sign and to send: with its own headers, without those that signing makes. */
export interface ProgramRequest {
  /** Absolute, as it is to be sent. */
  readonly url: string;
  readonly message: Message & { readonly body: Uint8Array };
  /** Which of the scheme's date headers to write. Defaults to the first. */
  readonly dateHeader?: string | undefined;
}

/** What of a request its lines depend on. */
interface LineOptions {
  /** Headers whose values are signed as parts of their own, lower case. */
  readonly signed: ReadonlySet<string>;
  /** Where signing adds parameters. */
  readonly changes: 'nothing' | 'url' | 'body';
  readonly usesBody: boolean;
}

/** Lines that say what the request is: method, URL, body, and the headers that are signed. A Postman script finds them there. */
export function requestLines(
  language: FixLanguage,
  { url, message }: ProgramRequest,
  { signed, changes, usesBody }: LineOptions,
): string[] {
  const { method, headers } = message;
  const own = headers.filter(([name]) => isSent(name) && signed.has(name.toLowerCase()));
  if (language === 'postman') {
    return own.flatMap(([name]) => {
      const variable = variableFor(name.toLowerCase());
      // What has a name of its own there is read where it is signed.
      if (nameIn('postman', variable) !== variable) return [];
      return [`const ${variable} = pm.variables.replaceIn(pm.request.headers.get(${literal('postman', name)}) ?? '');`];
    });
  }
  const changeable = (name: 'url' | 'body', line: string): string =>
    language === 'javascript' && changes === name ? line.replace(/^const /, 'let ') : line;
  return [
    assigned('method', 'text', quoted(method))[language],
    changeable('url', assigned('url', 'text', quoted(url))[language]),
    ...(usesBody ? [changeable('body', bodyLine(language, bodyText(language, message.body)))] : []),
    ...own.map(([name, value]) => assigned(variableFor(name.toLowerCase()), 'text', quoted(value))[language]),
  ];
}

/** Lines that send the request's own headers. */
export function givenHeaders(
  language: FixLanguage,
  { message }: ProgramRequest,
  signed: ReadonlySet<string>,
): string[] {
  // In Postman they stand in the request.
  if (language === 'postman') return [];
  return message.headers
    .filter(([name]) => isSent(name))
    .map(([name, value]) => {
      const variable = nameIn(language, variableFor(name.toLowerCase()));
      const isVariable = signed.has(name.toLowerCase());
      const shown = isVariable ? (language === 'bash' ? `"$${variable}"` : variable) : literal(language, value);
      if ((language === 'csharp' || language === 'powershell') && contentHeaders.has(name.toLowerCase()))
        return contentHeader(language, name, shown);
      return headerLine(language, name, shown);
    });
}

/** Headers that .NET has with the content. */
const contentHeaders = new Set([
  'content-type',
  'content-encoding',
  'content-language',
  'content-location',
  'content-md5',
  'content-disposition',
  'content-range',
  'allow',
  'expires',
  'last-modified',
]);

const contentHeader = (language: 'csharp' | 'powershell', name: string, value: string): string =>
  language === 'csharp'
    ? `content.Headers.TryAddWithoutValidation(${literal(language, name)}, ${value});`
    : `$contentHeaders[${literal(language, name)}] = ${value}`;

/** What a client writes by itself, from the URL and the body. */
function isSent(name: string): boolean {
  return !/^(?:host|content-length)$/i.test(name);
}

function bodyLine(language: FixLanguage, text: string): string {
  const shown = literal(language, text);
  switch (language) {
    case 'python':
      return `body = ${shown}.encode()`;
    case 'csharp':
      return `byte[] body = Encoding.UTF8.GetBytes(${shown});`;
    case 'java':
      return `byte[] body = ${shown}.getBytes(StandardCharsets.UTF_8);`;
    case 'go':
      return `body := []byte(${shown})`;
    case 'powershell':
      return `[byte[]] $body = [Text.Encoding]::UTF8.GetBytes(${shown})`;
    default:
      return assigned('body', 'text', quoted(text))[language];
  }
}

function bodyText(language: FixLanguage, body: Uint8Array): string {
  const text = textOfUtf8(body);
  if (text === undefined)
    throw unwritable('the body is not UTF-8 text, or too long to stand in a program; give a body of text');
  if (language === 'bash' && text.includes('\0'))
    throw unwritable('the body holds a NUL, which no variable of bash does; take another language');
  return text;
}
