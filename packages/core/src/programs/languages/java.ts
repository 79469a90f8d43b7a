import { literal } from '../../diagnose/fixes/literal.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { pairIn, type SortedText } from '../kit/sorted-text.ts';
import { commented, indented, usedImports } from '../kit/used-imports.ts';

const imports = [
  [/\bURI\b|\bURLEncoder\b|\bURLDecoder\b/, 'java.net.*'],
  [/\bHttpClient\b/, 'java.net.http.*'],
  [/\bStandardCharsets\b/, 'java.nio.charset.StandardCharsets'],
  [/\bMessageDigest\b/, 'java.security.MessageDigest'],
  [/\bInstant\b|\bZoneOffset\b/, 'java.time.*'],
  [/\bDateTimeFormatter\b/, 'java.time.format.DateTimeFormatter'],
  [/\bBase64\b|\bHexFormat\b|\bList\b|\bLocale\b/, 'java.util.*'],
  [/\bMac\b/, 'javax.crypto.Mac'],
  [/\bSecretKeySpec\b/, 'javax.crypto.spec.SecretKeySpec'],
] as const;

/** The import lines of a program. */
function importLines(code: string): string {
  return usedImports(code, imports)
    .map((name) => `import ${name};`)
    .join('\n');
}

/** Statements of one line each. */
const statements = (lines: readonly string[]): string[] => lines.flatMap((line) => line.split(/(?<=;) (?=[A-Za-z])/));

function signing({ title, variables, functions, request, lines, headers, hasBody, isChanged }: SigningSteps): string {
  const create = ['URI uri = URI.create(url);', 'HttpRequest.Builder builder = HttpRequest.newBuilder(uri);'];
  const steps = isChanged ? [...lines, ...create] : [...create, ...lines];
  const code = `public class Sign {
${functions.map((text) => `${text}\n\n`).join('')}  public static void main(String[] arguments) throws Exception {
${indented([...request, '', ...statements(steps), ...headers], '    ')}

    builder.method(method, HttpRequest.BodyPublishers.${hasBody ? 'ofByteArray(body)' : 'noBody()'});
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpResponse<String> response = client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
    System.out.println(response.statusCode() + " " + response.body());
  }
}
`;
  return `${commented([...title, setBefore('java Sign.java (Java 17)', variables)], '//')}
${importLines(code)}

${code}`;
}

function sortedText(rule: SortedText, name: string): string {
  const encode = (text: string): string =>
    `URLEncoder.encode(${text}, StandardCharsets.UTF_8).replace("+", "%20").replace("%21", "!").replace("%27", "'").replace("%28", "(").replace("%29", ")").replace("%7E", "~")`;
  const written = rule.writing === 'percent-encoded' ? encode('pair[0]') : 'pair[0]';
  const value =
    rule.writing === 'decoded'
      ? 'pair[1]'
      : rule.writing === 'underscored'
        ? "pair[1].replace('&', '_').replace('=', '_')"
        : encode('pair[1]');
  const skip = rule.except.map((one) => `      if (name.equals(${literal('java', one)})) continue;\n`).join('');
  const plus = rule.literalPlus
    .map((one) => `      if (name.equals(${literal('java', one)})) value = value.replace("+", "%2B");\n`)
    .join('');
  const order = rule.sortsValues ? '.thenComparing(pair -> pair[1])' : '';
  return `  static String ${name}(String text) {
    List<String[]> pairs = new ArrayList<>();
    for (String pair : text.split("&")) {
      if (pair.isEmpty()) continue;
      int equals = pair.indexOf('=');
      String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
${skip}${plus}      pairs.add(new String[] {name, URLDecoder.decode(value, StandardCharsets.UTF_8)});
    }
    pairs.sort(Comparator.comparing((String[] pair) -> pair[0])${order});
    List<String> texts = new ArrayList<>();
    for (int at = 0; at < pairs.size(); at++) {
      String[] pair = pairs.get(at);
${rule.distinct ? '      if (at > 0 && Arrays.equals(pair, pairs.get(at - 1))) continue;\n' : ''}      texts.add(${pairIn('java', rule, written, value)});
    }
    return String.join(${literal('java', rule.separator)}, texts);
  }`;
}

/** Programs for Java 17, of one file. */
export const java: ProgramLanguage = { extension: 'java', sortedText, signing };
