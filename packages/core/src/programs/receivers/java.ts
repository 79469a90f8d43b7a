import { literal } from '../../diagnose/fixes/literal.ts';
import type { ReceivingLanguage, ReceivingSteps } from '../kit/receiving-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { commented, indented, usedImports } from '../kit/used-imports.ts';

const instant = {
  rfc1123: 'DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from)',
  iso8601: 'Instant.parse(date)',
  'iso8601-basic':
    "DateTimeFormatter.ofPattern(\"yyyyMMdd'T'HHmmss'Z'\").withZone(ZoneOffset.UTC).parse(date, Instant::from)",
  'epoch-seconds': 'Instant.ofEpochSecond(Long.parseLong(date))',
  'epoch-milliseconds': 'Instant.ofEpochMilli(Long.parseLong(date))',
  epoch: 'Instant.ofEpochMilli(Long.parseLong(date) * (date.length() > 12 ? 1 : 1000))',
};

const form = `if (body.length > 0 && !header.apply("content-type").matches("(?i)\\\\s*application/x-www-form-urlencoded\\\\s*(;.*)?")) return false;`;
const bodyText = 'new String(body, StandardCharsets.UTF_8)';

const imports = [
  [/\bHttpServer\b/, 'com.sun.net.httpserver.*'],
  [/\bInetSocketAddress\b/, 'java.net.*'],
  [/\bStandardCharsets\b/, 'java.nio.charset.StandardCharsets'],
  [/\bMessageDigest\b/, 'java.security.MessageDigest'],
  [/\bInstant\b|\bDuration\b/, 'java.time.*'],
  [/\bDateTimeFormatter\b/, 'java.time.format.DateTimeFormatter'],
  [/\bBase64\b|\bHexFormat\b|\bList\b|\bArrayList\b|\bArrays\b/, 'java.util.*'],
  [/\bExecutors\b/, 'java.util.concurrent.Executors'],
  [/\bUnaryOperator\b/, 'java.util.function.UnaryOperator'],
  [/\bPattern\b/, 'java.util.regex.Pattern'],
  [/\bMac\b/, 'javax.crypto.Mac'],
  [/\bSecretKeySpec\b/, 'javax.crypto.spec.SecretKeySpec'],
] as const;

const statements = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => line.split(/(?<=;) (?=[A-Za-z][\w[\]]* \w+ =|mac\.|md5\.)/));

function receiving({ title, functions, lines, variables }: ReceivingSteps): string {
  const code = `public class Receive {
${functions.map((text) => `${text}\n\n`).join('')}  static boolean equal(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a request is rightly signed, and fresh. The body is the bytes that arrived. */
  static boolean isRight(String method, String target, UnaryOperator<String> header, byte[] body) throws Exception {
${indented(statements(lines), '    ')}
  }

  public static void main(String[] arguments) throws Exception {
    if (System.getenv().getOrDefault("SIGNING_SECRET", "").isEmpty()) throw new IllegalStateException("SIGNING_SECRET is not set: an empty key is known to everybody");
${variables.map((name) => `    if (System.getenv().getOrDefault("${name}", "").isEmpty()) throw new IllegalStateException("${name} is not set");\n`).join('')}    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", exchange -> {
      Headers headers = exchange.getRequestHeaders();
      UnaryOperator<String> header = name -> {
        if (!headers.containsKey(name)) return "";
        if (headers.get(name).size() > 1) throw new IllegalArgumentException("it is there twice: another program may read the other one");
        return headers.getFirst(name);
      };
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean ok = false;
      try {
        ok = isRight(exchange.getRequestMethod(), exchange.getRequestURI().toString(), header, body);
      } catch (Exception unreadable) {
        // What cannot be read is refused.
      }
      exchange.sendResponseHeaders(ok ? 204 : 401, -1);
      exchange.close();
    });
    server.start();
  }
}
`;
  return `${commented([...title, setBefore('PORT=3000 java Receive.java (Java 17)', variables)], '//')}
${usedImports(code, imports)
  .map((name) => `import ${name};`)
  .join('\n')}

${code}`;
}

/** Receivers on the HTTP server of the JDK. */
export const java: ReceivingLanguage = {
  header: (variable, name) => `String ${variable} = header.apply("${name}");`,
  listedHeader: (variable, list, at) => `String ${variable} = header.apply(${list}.split(";")[${at}]);`,
  match: (name, pattern, variables) =>
    [
      `var found = Pattern.compile(${literal('java', pattern)}).matcher(header.apply("${name}"));`,
      'if (!found.matches()) return false;',
      ...variables.map((variable, at) => `String ${variable} = found.group(${at + 1});`),
    ].join('\n'),
  list: (name, separator, items) =>
    [
      'List<String> given = new ArrayList<>();',
      ...items.filter(({ variable }) => variable !== 'given').map(({ variable }) => `String ${variable} = "";`),
      `for (String item : header.apply("${name}").split("${separator}")) {`,
      '  item = item.strip();',
      ...items.map(({ prefix, variable }) =>
        variable === 'given'
          ? `  if (item.startsWith("${prefix}")) given.add(item.substring(${prefix.length}));`
          : `  if (${variable}.isEmpty() && item.startsWith("${prefix}")) ${variable} = item.substring(${prefix.length});`,
      ),
      '}',
    ].join('\n'),
  sameKey: 'if (!keyId.equals(System.getenv("SIGNING_KEY_ID"))) return false;',
  blankWithoutBody: (line) => line.replace(/^String (\w+) = (.*?);/, 'String $1 = body.length == 0 ? "" : $2;'),
  path: 'String path = target.split("\\\\?", 2)[0];',
  query: 'String query = target.contains("?") ? target.substring(target.indexOf(\'?\') + 1) : "";',
  url: 'String url = System.getenv("PUBLIC_URL") + target; // as the sender calls it: https://example.com',
  fields: `${form}\nString fields = ${bodyText};`,
  fieldsOrQuery: `${form}\nString fields = body.length > 0 ? ${bodyText} : query;`,
  parameter: (variable, text, name) =>
    `String ${variable} = Arrays.stream(${text}.split("&")).filter(pair -> pair.startsWith("${name}=")).findFirst().map(pair -> URLDecoder.decode(pair.substring(${name.length + 1}), StandardCharsets.UTF_8)).orElse("");`,
  bothParameters: (query, of) =>
    `String both = ${query} + (${query}.isEmpty() || ${of}.isEmpty() ? "" : ".") + ${of};\nString parameters = both.isEmpty() ? "" : "?" + both;`,
  same: (one, other) => `if (!${one}.equals(${other})) return false;`,
  equal: (isList) =>
    isList
      ? 'if (given.stream().noneMatch(one -> equal(one, signature))) return false;'
      : 'if (!equal(given, signature)) return false;',
  fresh: (format, seconds) =>
    format === undefined
      ? 'return true;'
      : `return Duration.between(${instant[format]}, Instant.now()).abs().compareTo(Duration.ofSeconds(${seconds})) <= 0;`,
  receiving,
};
