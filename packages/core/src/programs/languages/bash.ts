import { literal } from '../../diagnose/fixes/literal.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import type { SortedText } from '../kit/sorted-text.ts';
import { commented } from '../kit/used-imports.ts';

function signing({
  title,
  variables,
  functions,
  request,
  lines,
  headers,
  hasBody,
  isHead,
  hasContentType,
}: SigningSteps): string {
  // With -X HEAD curl would wait for the body that the answer's length announces.
  const curl = `curl -sS -w '\\n%{http_code}\\n' --globoff --path-as-is ${isHead ? '--head' : '-X "$method"'} "\${headers[@]}"`;
  const send = hasBody ? `printf %s "$body" | ${curl} --data-binary @- "$url"` : `${curl} "$url"`;
  return `#!/usr/bin/env bash
${commented([...title, setBefore('bash sign.sh (openssl and curl)', variables)], '#')}
set -euo pipefail

${[...functions, ...request].join('\n')}

${[
  ...lines,
  'headers=()',
  ...headers,
  // curl sends the type of a form with any data.
  ...(hasBody && !hasContentType ? ["headers+=(-H 'Content-Type:')"] : []),
].join('\n')}

${send}
`;
}

function sortedText(rule: SortedText, name: string): string {
  const show = (text: string): string =>
    rule.writing === 'percent-encoded' ? `percent_encoded "${text}"` : `printf %s "${text}"`;
  const value = rule.writing === 'underscored' ? '${value//[&=]/_}' : '$value';
  const [before, between, after] = rule.pair.map((text) => (text === '' ? '' : `printf %s ${literal('bash', text)}; `));
  const sort = rule.sortsValues ? `sort -z${rule.distinct ? 'u' : ''}` : "sort -z -s -t $'\\1' -k 1,1";
  const plus =
    rule.literalPlus.length > 0
      ? `    case $name in ${rule.literalPlus.map((one) => literal('bash', one)).join('|')}) value=\${value//+/%2B} ;; esac\n`
      : '';
  const skip =
    rule.except.length > 0
      ? `    case $name in ${rule.except.map((one) => literal('bash', one)).join('|')}) continue ;; esac\n`
      : '';
  const separate =
    rule.separator === '' ? '' : `printf %s "$separator"; separator=${literal('bash', rule.separator)}; `;
  return `decoded() { local text=\${1//\\\\/\\\\\\\\}; text=\${text//+/ }; printf %b "\${text//%/\\\\x}"; }
percent_encoded() {
  local LC_ALL=C text=$1 at
  for ((at = 0; at < \${#text}; at++)); do
    case \${text:at:1} in
      [a-zA-Z0-9.~_!*\\'\\(\\)-]) printf %s "\${text:at:1}" ;;
      *) printf %%%s "$(printf %s "\${text:at:1}" | od -An -v -tx1 | tr -d ' \\n' | tr a-f A-F)" ;;
    esac
  done
}
${name}() {
  local pair name value separator=''
  while IFS= read -r -d '&' pair; do
    [[ -n $pair ]] || continue
    name=\${pair%%=*} value=\${pair#"\${pair%%=*}"} value=\${value#=}
${skip}${plus}    decoded "$name"; printf '\\1'; decoded "$value"; printf '\\0'
  done < <(printf '%s&' "$1") | LC_ALL=C ${sort} | while IFS= read -r -d '' pair; do
    name=\${pair%%$'\\1'*} value=\${pair#*$'\\1'}
    ${separate}${before}${show('$name')}; ${between}${show(value)}${after === '' ? '' : `; ${after}`}
  done
}`;
}

/** Programs for bash with openssl and curl. */
export const bash: ProgramLanguage = { extension: 'sh', sortedText, signing };
