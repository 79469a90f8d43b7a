import { literal } from '../../diagnose/fixes/literal.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { listed, pairIn, type SortedText } from '../kit/sorted-text.ts';
import { unwritable } from '../kit/unwritable.ts';
import { commented } from '../kit/used-imports.ts';

function signing({
  title,
  variables,
  functions,
  request,
  lines,
  headers,
  hasBody,
  signsNoContentType,
}: SigningSteps): string {
  if (signsNoContentType)
    throw unwritable(
      'PHP sends a Content-Type of its own with a body, and this scheme signs that there is none; give the request one',
    );
  return `<?php
${commented([...title, setBefore('php sign.php', variables)], '//')}

${[...functions, ...request].join('\n')}

${[...lines, '$headers = [];', ...headers].join('\n')}

$context = stream_context_create(['http' => [
    'method' => $method,
    'header' => array_values($headers),
    ${hasBody ? "'content' => $body,\n    " : ''}'protocol_version' => 1.1,
    'ignore_errors' => true,
]]);
$answer = file_get_contents($url, false, $context);
echo $http_response_header[0], "\\n", $answer, "\\n";
`;
}

function sortedText(rule: SortedText, name: string): string {
  const encode = (text: string): string =>
    `strtr(rawurlencode(${text}), ['%21' => '!', '%27' => "'", '%28' => '(', '%29' => ')', '%2A' => '*'])`;
  const written = rule.writing === 'percent-encoded' ? encode('$name') : '$name';
  const value =
    rule.writing === 'decoded'
      ? '$value'
      : rule.writing === 'underscored'
        ? "strtr($value, '&=', '__')"
        : encode('$value');
  const decoded =
    rule.literalPlus.length > 0
      ? `in_array($name, [${listed('php', rule.literalPlus)}], true) ? rawurldecode($value) : urldecode($value)`
      : 'urldecode($value)';
  const skip =
    rule.except.length > 0
      ? `        if (in_array(urldecode($name), [${listed('php', rule.except)}], true)) continue;\n`
      : '';
  return `function ${name}(string $text): string
{
    $pairs = [];
    foreach (explode('&', $text) as $pair) {
        if ($pair === '') continue;
        [$name, $value] = explode('=', $pair, 2) + [1 => ''];
${skip}        $pairs[] = [urldecode($name), ${decoded}];
    }
    usort($pairs, fn($a, $b) => ${rule.sortsValues ? 'strcmp($a[0], $b[0]) ?: strcmp($a[1], $b[1])' : 'strcmp($a[0], $b[0])'});
    $texts = [];
    foreach ($pairs as $at => [$name, $value]) {
${rule.distinct ? '        if ($at > 0 && $pairs[$at - 1] === [$name, $value]) continue;\n' : ''}        $texts[] = ${pairIn('php', rule, written, value, ' . ')};
    }
    return implode(${literal('php', rule.separator)}, $texts);
}`;
}

/** Programs for PHP without extensions. */
export const php: ProgramLanguage = { extension: 'php', sortedText, signing };
