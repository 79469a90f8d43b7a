import { literal } from '../../diagnose/fixes/literal.ts';
import type { ReceivingLanguage, ReceivingSteps } from '../kit/receiving-language.ts';
import { commented, indented } from '../kit/used-imports.ts';

const seconds = {
  rfc1123: '$(date -d "$date" +%s)',
  iso8601: '$(date -d "$date" +%s)',
  'iso8601-basic': '$(date -d "${date:0:4}-${date:4:2}-${date:6:2}T${date:9:2}:${date:11:2}:${date:13:2}Z" +%s)',
  'epoch-seconds': '$((10#$date))',
  'epoch-milliseconds': '$((10#$date / 1000))',
  epoch: '$((${#date} > 12 ? 10#$date / 1000 : 10#$date))',
};
const grammar = {
  rfc1123: '^[A-Z][a-z]{2},\\ [0-9]{2}\\ [A-Z][a-z]{2}\\ [0-9]{4}\\ [0-9:]{8}\\ GMT$',
  iso8601: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]+)?(Z|\\+00:00)$',
  'iso8601-basic': '^[0-9]{8}T[0-9]{6}Z$',
  'epoch-seconds': '^[0-9]{1,12}$',
  'epoch-milliseconds': '^[0-9]{1,15}$',
  epoch: '^[0-9]{1,15}$',
};

const form = `[[ ! -s $body_file || \${CONTENT_TYPE:-} =~ ^[[:space:]]*[aA][pP][pP][lL][iI][cC][aA][tT][iI][oO][nN]/x-www-form-urlencoded[[:space:]]*(\\;|$) ]] || return 1`;

/** The body stands in a file: no variable of a shell keeps a NUL or a last line break. */
const fromFile = (line: string): string =>
  line.replace(/printf %s "\$body"( \||(?=; |$))/g, (_, pipe: string) => `cat "$body_file"${pipe}`);

const variableOf = (name: string): string =>
  name === 'content-type' ? '${CONTENT_TYPE:-}' : `\${HTTP_${name.toUpperCase().replaceAll('-', '_')}:-}`;

function receiving({ title, functions, lines, variables }: ReceivingSteps): string {
  return `#!/usr/bin/env bash
${commented([...title, `A CGI script: a web server gives it ${['SIGNING_SECRET', ...variables].join(', ')}, and the header with the signature (Apache: CGIPassAuth On).`], '#')}
set -uo pipefail
: "\${SIGNING_SECRET:?is not set: an empty key is known to everybody}"
${variables.map((name) => `: "\${${name}:?is not set}"\n`).join('')}
${functions.map((text) => `${text}\n\n`).join('')}body_file=$(mktemp)
trap 'rm -f "$body_file"' EXIT
head -c "\${CONTENT_LENGTH:-0}" > "$body_file"

# Whether the request is rightly signed, and fresh.
is_right() {
  local method=$REQUEST_METHOD target=$REQUEST_URI
  [[ \${CONTENT_TYPE:-} != *,* ]] || return 1 # two headers, joined by the server
${indented(lines.map(fromFile), '  ')}
}

if is_right; then printf 'Status: 204 No Content\\r\\n\\r\\n'; else printf 'Status: 401 Unauthorized\\r\\nContent-Length: 0\\r\\n\\r\\n'; fi
`;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Receivers as CGI scripts, with openssl. */
export const bash: ReceivingLanguage = {
  header: (variable, name) => `${snake(variable)}=${variableOf(name)}`,
  listedHeader: (variable, list, at) =>
    `name=$(cut -d ';' -f ${at + 1} <<< "$${snake(list)}"); name=HTTP_$(tr a-z- A-Z_ <<< "$name"); ${variable}=\${!name:-}`,
  match: (name, pattern, variables) =>
    [
      `pattern=${literal('bash', pattern)}`,
      `[[ ${variableOf(name)} =~ $pattern ]] || return 1`,
      variables.map((variable, at) => `${snake(variable)}=\${BASH_REMATCH[${at + 1}]}`).join(' '),
    ].join('\n'),
  list: (name, separator, items) =>
    [
      `given=() ${items.flatMap(({ variable }) => (variable === 'given' ? [] : [`${snake(variable)}=''`])).join(' ')}`.trimEnd(),
      `IFS='${separator}' read -r -a items <<< "${variableOf(name)}"`,
      'for item in "${items[@]}"; do',
      '  item=${item# }',
      ...items.map(({ prefix, variable }) =>
        variable === 'given'
          ? `  [[ $item == ${literal('bash', prefix)}* ]] && given+=("\${item#${literal('bash', prefix)}}")`
          : `  [[ -z $${snake(variable)} && $item == ${literal('bash', prefix)}* ]] && ${snake(variable)}=\${item#${literal('bash', prefix)}}`,
      ),
      'done',
    ].join('\n'),
  sameKey: '[[ $key_id == "$SIGNING_KEY_ID" ]] || return 1',
  blankWithoutBody: (line) => `content_hash=''; [[ ! -s $body_file ]] || ${line}`,
  path: 'path=${target%%\\?*}',
  query: "query=''; [[ $target != *\\?* ]] || query=${target#*\\?}",
  url: 'url=$PUBLIC_URL$target # as the sender calls it: https://example.com',
  fields: `${form}\nfields=$(cat "$body_file"; printf .); fields=\${fields%.}`,
  fieldsOrQuery: `${form}\nfields=$(cat "$body_file"; printf .); fields=\${fields%.}; [[ -s $body_file ]] || fields=$query`,
  parameter: () => '',
  bothParameters: (query, of) =>
    `parameters=$${snake(query)}; [[ -z $${snake(query)} || -z $${snake(of)} ]] || parameters+=.\nparameters+=$${snake(of)}; [[ -z $parameters ]] || parameters="?$parameters"`,
  same: (one, other) => `[[ $${snake(one)} == "$${snake(other)}" ]] || return 1`,
  // Comparing takes as long as texts are alike; MACs of both under a key of the moment tell nothing.
  equal: (isList) =>
    `nonce=$(openssl rand -hex 32)
masked() { printf %s "$1" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$nonce" -r; }
${
  isList
    ? `is_one=1
for one in "\${given[@]}"; do [[ $(masked "$one") != "$(masked "$signature")" ]] || is_one=0; done
[[ $is_one == 0 ]] || return 1`
    : '[[ $(masked "$given") == "$(masked "$signature")" ]] || return 1'
}`,
  fresh: (format, tolerance) =>
    format === undefined
      ? 'return 0'
      : `pattern=${literal('bash', grammar[format].replaceAll('\\ ', ' ').replaceAll('\\.', '[.]').replaceAll('\\+', '[+]'))}
[[ $date =~ $pattern ]] || return 1
age=$(($(date +%s) - ${seconds[format]}))
((age <= ${tolerance} && -age <= ${tolerance}))`,
  receiving,
};
