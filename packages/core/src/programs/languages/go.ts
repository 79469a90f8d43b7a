import { literal } from '../../diagnose/fixes/literal.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { pairIn, type SortedText } from '../kit/sorted-text.ts';
import { commented, indented, usedImports } from '../kit/used-imports.ts';

/** Go refuses what is not used, so each program names its own. */
export const goImports = [
  [/\bbytes\./, '"bytes"'],
  [/\bhmac\./, '"crypto/hmac"'],
  [/\bmd5\./, '"crypto/md5"'],
  [/\bsha1\./, '"crypto/sha1"'],
  [/\bsha256\./, '"crypto/sha256"'],
  [/\bsha512\./, '"crypto/sha512"'],
  [/\bbase64\./, '"encoding/base64"'],
  [/\bhex\./, '"encoding/hex"'],
  [/\bfmt\./, '"fmt"'],
  [/\bio\./, '"io"'],
  [/\bhttp\./, '"net/http"'],
  [/\bneturl\./, 'neturl "net/url"'],
  [/\bos\./, '"os"'],
  [/\bregexp\./, '"regexp"'],
  [/\bsort\./, '"sort"'],
  [/\bstrconv\./, '"strconv"'],
  [/\bstrings\./, '"strings"'],
  [/\btime\./, '"time"'],
] as const;

/** The import block of a program. */
function importLines(code: string): string {
  return `import (\n${indented(usedImports(code, goImports), '\t')}\n)`;
}

/** Statements of one line each, as gofmt has them. */
const statements = (lines: readonly string[]): string[] => lines.flatMap((line) => line.split(/; (?=[a-z])/));

function signing({ title, variables, functions, request, lines, headers, hasBody, isChanged }: SigningSteps): string {
  const create = [
    `req, err := http.NewRequest(method, rawURL, ${hasBody ? 'bytes.NewReader(body)' : 'nil'})`,
    'if err != nil {\n\tpanic(err)\n}',
  ];
  const steps = isChanged ? [...lines, '', ...create] : [...create, '', ...lines];
  const code = `${functions.map((text) => `${text}\n\n`).join('')}func main() {
${indented([...request, ...statements(steps), ...headers], '\t')}

	res, err := http.DefaultClient.Do(req)
	if err != nil {
		panic(err)
	}
	answer, _ := io.ReadAll(res.Body)
	fmt.Println(res.StatusCode, string(answer))
}
`;
  return `${commented([...title, setBefore('go run sign.go', variables)], '//')}
package main

${importLines(code)}

${code}`;
}

function sortedText(rule: SortedText, name: string): string {
  const encode = (text: string): string =>
    `strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(neturl.QueryEscape(${text}))`;
  const written = rule.writing === 'percent-encoded' ? encode('pair[0]') : 'pair[0]';
  const value =
    rule.writing === 'decoded'
      ? 'pair[1]'
      : rule.writing === 'underscored'
        ? 'strings.NewReplacer("&", "_", "=", "_").Replace(pair[1])'
        : encode('pair[1]');
  const skip = rule.except.map((one) => `\t\tif name == ${literal('go', one)} {\n\t\t\tcontinue\n\t\t}\n`).join('');
  const plus = rule.literalPlus
    .map(
      (one) => `\t\tif name == ${literal('go', one)} {\n\t\t\tvalue = strings.ReplaceAll(value, "+", "%2B")\n\t\t}\n`,
    )
    .join('');
  const less = rule.sortsValues
    ? 'pairs[a][0] < pairs[b][0] || pairs[a][0] == pairs[b][0] && pairs[a][1] < pairs[b][1]'
    : 'pairs[a][0] < pairs[b][0]';
  return `func ${name}(text string) string {
	var pairs [][2]string
	for _, pair := range strings.Split(text, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := neturl.QueryUnescape(name)
		if err != nil {
			panic(err)
		}
${skip}${plus}		value, err = neturl.QueryUnescape(value)
		if err != nil {
			panic(err)
		}
		pairs = append(pairs, [2]string{name, value})
	}
	sort.SliceStable(pairs, func(a, b int) bool {
		return ${less}
	})
	var texts []string
	for ${rule.distinct ? 'at' : '_'}, pair := range pairs {
${rule.distinct ? '\t\tif at > 0 && pair == pairs[at-1] {\n\t\t\tcontinue\n\t\t}\n' : ''}		texts = append(texts, ${pairIn('go', rule, written, value)})
	}
	return strings.Join(texts, ${literal('go', rule.separator)})
}`;
}

/** Programs for Go on its standard library. */
export const go: ProgramLanguage = { extension: 'go', sortedText, signing };
