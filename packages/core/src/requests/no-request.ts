import type { CountersignError } from '../errors.ts';
import type { OptionWords } from '../option-words.ts';
import { inputError } from './input-error.ts';
import { kindOfCode } from './code-kind.ts';
import { kindOfJson, type NoRequest } from './json-kind.ts';
import { shownInput } from './shown-input.ts';

const whole = 'the whole request as it was sent: request line, headers, a blank line, the body';

/** Texts that people bring by mistake, by how they begin. */
const kinds: readonly (readonly [start: RegExp, ...NoRequestRow])[] = [
  [/^HTTP\/\d/, 'input/response', 'a response, the answer and not the request', 'the request that got it'],
  [
    /endpoint=.*accesskey=/i,
    'input/no-request',
    'a connection string, with its key',
    `${whole}; the key goes into COMMUNICATION_SERVICES_CONNECTION_STRING`,
  ],
  [
    /^(?:authorization[ \t]*:|HMAC-SHA256[ \t]|application[ \t]+\S+:\S+[ \t]*$)/i,
    'input/headers-only',
    'an Authorization header alone; a signature is over method, target and body, too',
    whole,
  ],
  [
    /^(?:host|date|content-type|content-length|accept|user-agent|x-[\w-]+)[ \t]*:/i,
    'input/headers-only',
    'headers alone, without a request line',
    whole,
  ],
  [
    /^[A-Z]{3,7}\r?\n[/\w+=]/,
    'input/no-request',
    'a string to sign',
    (ask) => `${whole}; also give this string (${ask('your-string', 'FILE')})`,
  ],
  [
    /^meta \{[ \t\r]*$/m,
    'input/collection',
    'a request file of Bruno: the request before scripts and variables have run',
    "the request as it was sent, from Bruno's Timeline tab",
  ],
  [
    /^type: \w+\.insomnia\.rest\//,
    'input/collection',
    "Insomnia's export: its requests before plugins and variables have run",
    "the request as it was sent, from Insomnia's Console tab (the lines with >)",
  ],
  [/^(?:openapi|swagger): ?['"]?\d/, 'input/no-request', 'an API description (OpenAPI)', 'one request as it was sent'],
  [/^https?:\/\/\S+\s*$/, 'input/no-request', 'a URL alone', whole],
  [/^<(?:!doctype html|html)/i, 'input/no-request', 'a web page', 'the request that got it'],
  [
    /^<\?xml|^<\w[^>]*>/,
    'input/no-request',
    'XML, without the request that it belongs to',
    `${whole} (this, where it is the body)`,
  ],
];

type NoRequestRow = readonly [code: NoRequest['code'], what: string, bring: string | ((ask: OptionWords) => string)];

/** The error for a text that is no request, where it can be called by its name. */
export function noRequestError(text: string, ask: OptionWords): CountersignError | undefined {
  const start = text.trimStart();
  // A request with a fault in its first line is told that fault.
  if (/^[A-Z]{3,7} /.test(start)) return undefined;
  const found = rowFor(start, ask) ?? kindOfCode(start) ?? kindOfJson(start, ask);
  if (!found) return undefined;
  const { code, what, bring } = found;
  const shown = code === 'input/response' ? ` ("${shownInput(start.split(/\r?\n/, 1)[0] ?? '')}")` : '';
  return inputError(code, `the text is ${what}${shown}; bring ${bring}`);
}

function rowFor(start: string, ask: OptionWords): NoRequest | undefined {
  const head = start.slice(0, 2000);
  const row = kinds.find(([begins]) => begins.test(head));
  if (!row) return undefined;
  const [, code, what, bring] = row;
  return { code, what, bring: typeof bring === 'string' ? bring : bring(ask) };
}
