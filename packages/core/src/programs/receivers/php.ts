import type { ReceivingLanguage, ReceivingSteps } from '../kit/receiving-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { commented, indented } from '../kit/used-imports.ts';

const epoch = {
  rfc1123: '(int) strtotime($date)',
  iso8601: '(int) strtotime($date)',
  'iso8601-basic': '(int) strtotime($date)',
  'epoch-seconds': '(int) $date',
  'epoch-milliseconds': '(int) $date / 1000',
  epoch: '(int) $date / (strlen($date) > 12 ? 1000 : 1)',
};

const form = `if ($body !== '' && !preg_match('#^\\s*application/x-www-form-urlencoded\\s*(;|$)#i', $header('content-type'))) return false;`;

function receiving({ title, functions, lines, variables }: ReceivingSteps): string {
  return `<?php
${commented([...title, setBefore('php -S 0.0.0.0:3000 receive.php', variables)], '//')}

${functions.map((text) => `${text}\n\n`).join('')}/** Whether a request is rightly signed, and fresh. The body is the bytes that arrived. */
function isRight(string $method, string $target, callable $header, string $body): bool
{
${indented(lines, '    ')}
}

if ((string) getenv('SIGNING_SECRET') === '') {
    http_response_code(500); // an empty key is known to everybody
    exit('SIGNING_SECRET is not set');
}
${variables.map((name) => `if ((string) getenv('${name}') === '') {\n    http_response_code(500);\n    exit('${name} is not set');\n}\n`).join('')}$headers = array_change_key_case(getallheaders());
$header = fn(string $name): string => $headers[$name] ?? '';
$isTwice = str_contains($header('content-type'), ','); // PHP joins two headers to one
$ok = !$isTwice && isRight($_SERVER['REQUEST_METHOD'], $_SERVER['REQUEST_URI'], $header, file_get_contents('php://input'));
http_response_code($ok ? 204 : 401);
`;
}

/** Receivers for PHP behind any web server. */
export const php: ReceivingLanguage = {
  header: (variable, name) => `$${variable} = $header('${name}');`,
  listedHeader: (variable, list, at) => `$${variable} = $header(explode(';', $${list})[${at}]);`,
  match: (name, pattern, variables) =>
    `if (!preg_match('#${pattern.replaceAll('#', '\\#')}D#', $header('${name}'), $found)) return false;
[${['', ...variables.map((one) => `$${one}`)].join(', ')}] = $found;`.replace('D#', '#D'),
  list: (name, separator, items) =>
    [
      `$items = array_map('trim', explode('${separator}', $header('${name}')));`,
      ...items.map(({ prefix, variable }) => {
        if (variable === 'given' && prefix === '') return '$given = $items;';
        const found = `array_filter($items, fn($item) => str_starts_with($item, '${prefix}'))`;
        return variable === 'given'
          ? `$given = array_map(fn($item) => substr($item, ${prefix.length}), ${found});`
          : `$${variable} = substr(current(${found}) ?: '', ${prefix.length});`;
      }),
    ].join('\n'),
  sameKey: "if ($keyId !== getenv('SIGNING_KEY_ID')) return false;",
  blankWithoutBody: (line) => line.replace(/^(\$\w+) = (.*?);/, "$1 = $body === '' ? '' : $2;"),
  path: "$path = explode('?', $target)[0];",
  query: "$query = explode('?', $target, 2)[1] ?? '';",
  url: "$url = getenv('PUBLIC_URL') . $target; // as the sender calls it: https://example.com",
  fields: `${form}\n$fields = $body;`,
  fieldsOrQuery: `${form}\n$fields = $body !== '' ? $body : $query;`,
  parameter: (variable, text, name) =>
    `parse_str($${text}, $parsed);\n$${variable} = (string) ($parsed['${name}'] ?? '');`,
  bothParameters: (query, of) =>
    `$both = implode('.', array_filter([$${query}, $${of}], fn($text) => $text !== ''));\n$parameters = $both === '' ? '' : "?$both";`,
  same: (one, other) => `if ($${one} !== $${other}) return false;`,
  equal: (isList) =>
    isList
      ? 'if (!array_filter($given, fn($one) => hash_equals($signature, $one))) return false;'
      : 'if (!hash_equals($signature, $given)) return false;',
  fresh: (format, seconds) =>
    format === undefined ? 'return true;' : `return abs(time() - ${epoch[format]}) <= ${seconds};`,
  receiving,
};
