import { isOfParameters, type ParameterSource } from '../../parts/parameter-source.ts';
import type { Scheme } from '../../scheme.ts';
import type { Fixes, FixLanguage } from '../diagnosis.ts';
import { assigned, type Remarks } from './statement.ts';

/** How one parameter is written, and what stands between two. */
interface Shape {
  readonly before: string;
  readonly between: string;
  readonly separator: string;
  readonly writing: 'decoded' | 'percent-encoded' | 'underscored';
}

function shapeOf(source: ParameterSource | undefined): Shape {
  if (source?.from !== 'parameters') return { before: '', between: '', separator: '', writing: 'decoded' };
  const [before = '', between = ''] = source.pair.split(/\{name\}|\{value\}/);
  return { before, between, separator: source.separator ?? '', writing: source.writing };
}

type Writer = (text: string) => string;

/** How each language encodes a text, or puts underscores into it. */
const encoders: Readonly<Record<Exclude<FixLanguage, 'bash' | 'postman'>, readonly [encode: Writer, score: Writer]>> = {
  javascript: [(text) => `encodeURIComponent(${text})`, (text) => `${text}.replace(/[&=]/g, '_')`],
  python: [(text) => `quote(${text}, safe="!~*'()")`, (text) => `re.sub('[&=]', '_', ${text})`],
  csharp: [(text) => `Uri.EscapeDataString(${text})`, (text) => `Regex.Replace(${text}, "[&=]", "_")`],
  java: [
    (text) => `URLEncoder.encode(${text}, StandardCharsets.UTF_8).replace("+", "%20")`,
    (text) => `${text}.replaceAll("[&=]", "_")`,
  ],
  php: [(text) => `rawurlencode(${text})`, (text) => `preg_replace('/[&=]/', '_', ${text})`],
  go: [
    (text) => `strings.ReplaceAll(url.QueryEscape(${text}), "+", "%20")`,
    (text) => `strings.NewReplacer("&", "_", "=", "_").Replace(${text})`,
  ],
  ruby: [(text) => `ERB::Util.url_encode(${text})`, (text) => `${text}.tr('&=', '__')`],
  powershell: [(text) => `[Uri]::EscapeDataString(${text})`, (text) => `(${text} -replace '[&=]', '_')`],
};

/**
 * Code that writes the parameters as the scheme signs them, from a dictionary of what was sent, decoded: sorted by name, all
 * of them but that of the signature.
 */
export function parameterFixes({ parts }: Scheme, remarks: Remarks = ''): Fixes {
  const source = parts.map((part) => part.source).find((one) => isOfParameters(one));
  const { before, between, separator, writing } = shapeOf(source);
  /** One parameter, as an expression of a language. */
  const pair = (language: keyof typeof encoders, quote: string, plus: string, name: string, value: string): string => {
    const [encode, score] = encoders[language];
    const isEncoded = writing === 'percent-encoded';
    const written = isEncoded ? encode(value) : writing === 'underscored' ? score(value) : value;
    const pieces = [quoted(before, quote), isEncoded ? encode(name) : name, quoted(between, quote), written];
    return pieces.filter((piece) => piece !== quote + quote).join(plus);
  };
  const [single, double] = [quoted(separator, "'"), quoted(separator, '"')];
  const javascript = `Object.keys(fields).sort().map((name) => ${pair('javascript', "'", ' + ', 'name', 'fields[name]')}).join(${single})`;
  const scored = writing === 'underscored' ? '//[&=]/_' : '';
  const cut = separator === '' ? '' : ` | sed 's/${separator}$//'`;
  return assigned(
    'parameters',
    'text',
    {
      javascript,
      python: `${single}.join(${pair('python', "'", ' + ', 'name', 'fields[name]')} for name in sorted(fields))`,
      csharp: `string.Join(${double}, fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => ${pair('csharp', '"', ' + ', 'field.Key', 'field.Value')}))`,
      java: `new TreeMap<>(fields).entrySet().stream().map(field -> ${pair('java', '"', ' + ', 'field.getKey()', 'field.getValue()')}).collect(Collectors.joining(${double}))`,
      php: {
        line: `ksort($fields, SORT_STRING); $parameters = implode(${single}, array_map(fn($name, $value) => ${pair('php', "'", ' . ', '$name', '$value')}, array_keys($fields), $fields));`,
      },
      go: {
        line: `names := slices.Sorted(maps.Keys(fields)); pairs := make([]string, len(names)); for at := 0; at < len(names); at++ { pairs[at] = ${pair('go', '"', ' + ', 'names[at]', 'fields[names[at]]')} }; parameters := strings.Join(pairs, ${double})`,
      },
      ruby: `fields.sort.map { |name, value| ${pair('ruby', "'", ' + ', 'name', 'value')} }.join(${single})`,
      bash: `$(printf '%s\\n' "\${!fields[@]}" | LC_ALL=C sort | while IFS= read -r name; do printf '%s' ${quoted(before, "'")}"$name"${quoted(between, "'")}"\${fields[$name]${scored}}"${quoted(separator, "'")}; done${cut})`,
      powershell: {
        line: `$names = [string[]]$fields.Keys; [Array]::Sort($names, [StringComparer]::Ordinal); $parameters = ($names | ForEach-Object { ${pair('powershell', "'", ' + ', '$_', '$fields[$_]')} }) -join ${single}`,
      },
      postman: javascript,
    },
    source?.from === 'query-and-form'
      ? "of the form's fields; those of the query stand before them as name=value, behind a ?, joined by &, and a dot between"
      : remarks,
  );
}

function quoted(text: string, quote: string): string {
  return quote + text + quote;
}
