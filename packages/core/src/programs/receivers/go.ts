import { literal } from '../../diagnose/fixes/literal.ts';
import { nameIn } from '../../diagnose/fixes/statement.ts';
import type { ReceivingLanguage, ReceivingSteps } from '../kit/receiving-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { commented, indented, usedImports } from '../kit/used-imports.ts';
import { goImports } from '../languages/go.ts';

const time = {
  rfc1123: 'at, err := http.ParseTime(date)',
  iso8601: 'at, err := time.Parse(time.RFC3339Nano, date)',
  'iso8601-basic': 'at, err := time.Parse("20060102T150405Z", date)',
  'epoch-seconds': 'number, err := strconv.ParseInt(date, 10, 64)\nat := time.Unix(number, 0)',
  'epoch-milliseconds': 'number, err := strconv.ParseInt(date, 10, 64)\nat := time.UnixMilli(number)',
  epoch:
    'number, err := strconv.ParseInt(date, 10, 64)\nat := time.Unix(number, 0)\nif len(date) > 12 {\n\tat = time.UnixMilli(number)\n}',
};

const refuse = (condition: string): string => `if ${condition} {\n\treturn false\n}`;
const form = refuse(
  'len(body) > 0 && !regexp.MustCompile(`(?i)^\\s*application/x-www-form-urlencoded\\s*(;|$)`).MatchString(header("content-type"))',
);

const statements = (lines: readonly string[]): string[] => lines.flatMap((line) => line.split(/; (?=[a-z])/));

function receiving({ title, functions, lines, variables }: ReceivingSteps): string {
  const code = `${functions.map((text) => `${text}\n\n`).join('')}// Whether a request is rightly signed, and fresh. The body is the bytes that arrived.
func isRight(method, target string, header func(string) string, body []byte) bool {
${indented(statements(lines), '\t')}
}

func receive(w http.ResponseWriter, r *http.Request) {
	// What cannot be read is refused.
	defer func() {
		if recover() != nil {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}()
	header := func(name string) string {
		if name == "host" {
			return r.Host
		}
		if len(r.Header.Values(name)) > 1 {
			panic("it is there twice: another program may read the other one")
		}
		return r.Header.Get(name)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil || !isRight(r.Method, r.RequestURI, header, body) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	if os.Getenv("SIGNING_SECRET") == "" {
		panic("SIGNING_SECRET is not set: an empty key is known to everybody")
	}
${variables.map((name) => `\tif os.Getenv("${name}") == "" {\n\t\tpanic("${name} is not set")\n\t}\n`).join('')}	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	panic(http.ListenAndServe(":"+port, http.HandlerFunc(receive)))
}
`;
  return `${commented([...title, setBefore('PORT=3000 go run receive.go', variables)], '//')}
package main

import (
${indented(usedImports(code, goImports), '\t')}
)

${code}`;
}

/** Receivers on net/http. */
export const go: ReceivingLanguage = {
  header: (variable, name) => `${variable} := header("${name}")`,
  listedHeader: (variable, list, at) => `${variable} := header(strings.Split(${list}, ";")[${at}])`,
  match: (name, pattern, variables) =>
    [
      `found := regexp.MustCompile(\`${pattern}\`).FindStringSubmatch(header("${name}"))`,
      refuse('found == nil'),
      `${variables.join(', ')} := ${variables.map((_, at) => `found[${at + 1}]`).join(', ')}`,
    ].join('\n'),
  list: (name, separator, items) =>
    [
      'var given []string',
      ...items.filter(({ variable }) => variable !== 'given').map(({ variable }) => `${variable} := ""`),
      `for _, item := range strings.Split(header("${name}"), "${separator}") {`,
      '\titem = strings.TrimSpace(item)',
      ...items.map(({ prefix, variable }) =>
        variable === 'given'
          ? `\tif strings.HasPrefix(item, "${prefix}") {\n\t\tgiven = append(given, item[${prefix.length}:])\n\t}`
          : `\tif ${variable} == "" && strings.HasPrefix(item, "${prefix}") {\n\t\t${variable} = item[${prefix.length}:]\n\t}`,
      ),
      '}',
    ].join('\n'),
  sameKey: refuse('keyId != os.Getenv("SIGNING_KEY_ID")'),
  blankWithoutBody: (line) => `${line.replace(/ \/\/.*$/, '')}; if len(body) == 0 {\n\tcontentHash = ""\n}`,
  path: 'path := strings.SplitN(target, "?", 2)[0]',
  query: '_, query, _ := strings.Cut(target, "?")',
  url: 'rawURL := os.Getenv("PUBLIC_URL") + target // as the sender calls it: https://example.com',
  fields: `${form}\nfields := string(body)`,
  fieldsOrQuery: `${form}\nfields := string(body)\nif len(body) == 0 {\n\tfields = query\n}`,
  parameter: (variable, text, name) =>
    `${variable}Values, err := neturl.ParseQuery(${text})\n${refuse('err != nil')}\n${variable} := ${variable}Values.Get(${literal('go', name)})`,
  bothParameters: (query, of) =>
    `parameters := ${query}\nif ${query} != "" && ${of} != "" {\n\tparameters += "."\n}\nparameters += ${of}\nif parameters != "" {\n\tparameters = "?" + parameters\n}`,
  same: (one, other) => refuse(`${nameIn('go', one)} != ${nameIn('go', other)}`),
  equal: (isList) =>
    isList
      ? `isOne := false\nfor _, one := range given {\n\tisOne = hmac.Equal([]byte(one), []byte(signature)) || isOne\n}\n${refuse('!isOne')}`
      : refuse('!hmac.Equal([]byte(given), []byte(signature))'),
  fresh: (format, seconds) =>
    format === undefined
      ? 'return true'
      : `${time[format]}\nreturn err == nil && time.Since(at).Abs() <= ${seconds}*time.Second`,
  receiving,
};
