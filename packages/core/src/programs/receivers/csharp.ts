import { literal } from '../../diagnose/fixes/literal.ts';
import type { ReceivingLanguage, ReceivingSteps } from '../kit/receiving-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { commented, indented, usedImports } from '../kit/used-imports.ts';

const moment = {
  rfc1123: 'DateTimeOffset.ParseExact(date, "r", CultureInfo.InvariantCulture)',
  iso8601: 'DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)',
  'iso8601-basic':
    "DateTimeOffset.ParseExact(date, \"yyyyMMdd'T'HHmmss'Z'\", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)",
  'epoch-seconds': 'DateTimeOffset.FromUnixTimeSeconds(long.Parse(date, CultureInfo.InvariantCulture))',
  'epoch-milliseconds': 'DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(date, CultureInfo.InvariantCulture))',
  epoch:
    'DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(date, CultureInfo.InvariantCulture) * (date.Length > 12 ? 1 : 1000))',
};

const form = `if (body.Length > 0 && !Regex.IsMatch(header("content-type"), @"^\\s*application/x-www-form-urlencoded\\s*(;|$)", RegexOptions.IgnoreCase)) return false;`;

const imports = [
  [/\bIHttpRequestFeature\b/, 'Microsoft.AspNetCore.Http.Features'],
  [/\bQueryHelpers\b/, 'Microsoft.AspNetCore.WebUtilities'],
  [/\bCultureInfo\b/, 'System.Globalization'],
  [/\bSHA\d+\b|\bMD5\b|\bHMAC|\bCryptographicOperations\b/, 'System.Security.Cryptography'],
  [/\bEncoding\b/, 'System.Text'],
  [/\bRegex\b/, 'System.Text.RegularExpressions'],
] as const;

function receiving({ title, functions, lines, variables }: ReceivingSteps): string {
  const code = `if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SIGNING_SECRET"))) throw new InvalidOperationException("SIGNING_SECRET is not set: an empty key is known to everybody");
${variables.map((name) => `if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("${name}"))) throw new InvalidOperationException("${name} is not set");\n`).join('')}
var app = WebApplication.Create(args);
app.Run(async context =>
{
    using var buffer = new MemoryStream();
    await context.Request.Body.CopyToAsync(buffer);
    var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
    string Header(string name) => context.Request.Headers[name].Count > 1
        ? throw new FormatException("it is there twice: another program may read the other one")
        : context.Request.Headers[name].ToString();
    var ok = false;
    try
    {
        ok = IsRight(context.Request.Method, target, Header, buffer.ToArray());
    }
    catch (Exception unreadable) when (unreadable is FormatException or ArgumentException)
    {
        // What cannot be read is refused.
    }
    context.Response.StatusCode = ok ? 204 : 401;
});
app.Run($"http://+:{Environment.GetEnvironmentVariable("PORT") ?? "3000"}");

static bool Equal(string one, string other) =>
    CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

// Whether a request is rightly signed, and fresh. The body is the bytes that arrived.
static bool IsRight(string method, string target, Func<string, string> header, byte[] body)
{
${indented(lines, '    ')}
}
${functions.map((text) => `\n${text}\n`).join('')}`;
  return `${commented([...title, setBefore('PORT=3000 dotnet run (Program.cs of a web project, .NET 8)', variables)], '//')}
${usedImports(code, imports)
  .map((name) => `using ${name};`)
  .join('\n')}

${code}`;
}

/** Receivers of ASP.NET, as top-level statements. They are not run here: read them twice. */
export const csharp: ReceivingLanguage = {
  header: (variable, name) => `var ${variable} = header("${name}");`,
  listedHeader: (variable, list, at) => `var ${variable} = header(${list}.Split(';')[${at}]);`,
  match: (name, pattern, variables) =>
    [
      `var found = Regex.Match(header("${name}"), ${literal('csharp', pattern.replace(/\$$/, '\\z'))});`,
      'if (!found.Success) return false;',
      ...variables.map((variable, at) => `var ${variable} = found.Groups[${at + 1}].Value;`),
    ].join('\n'),
  list: (name, separator, items) =>
    [
      `var items = header("${name}").Split('${separator}').Select(item => item.Trim()).ToList();`,
      ...items.map(({ prefix, variable }) => {
        if (variable === 'given' && prefix === '') return 'var given = items;';
        const found = `items.Where(item => item.StartsWith("${prefix}", StringComparison.Ordinal)).Select(item => item[${prefix.length}..])`;
        return variable === 'given' ? `var given = ${found};` : `var ${variable} = ${found}.FirstOrDefault() ?? "";`;
      }),
    ].join('\n'),
  sameKey: 'if (keyId != Environment.GetEnvironmentVariable("SIGNING_KEY_ID")) return false;',
  blankWithoutBody: (line) => line.replace(/^var (\w+) = (.*?);/, 'var $1 = body.Length == 0 ? "" : $2;'),
  path: "var path = target.Split('?')[0];",
  query: "var query = target.Contains('?') ? target[(target.IndexOf('?') + 1)..] : \"\";",
  url: 'var url = Environment.GetEnvironmentVariable("PUBLIC_URL") + target; // as the sender calls it: https://example.com',
  fields: `${form}\nvar fields = Encoding.UTF8.GetString(body);`,
  fieldsOrQuery: `${form}\nvar fields = body.Length > 0 ? Encoding.UTF8.GetString(body) : query;`,
  parameter: (variable, text, name) =>
    `var ${variable} = QueryHelpers.ParseQuery(${text}).TryGetValue("${name}", out var ${variable}Values) ? ${variable}Values[0] ?? "" : "";`,
  bothParameters: (query, of) =>
    `var both = string.Join(".", new[] { ${query}, ${of} }.Where(text => text != ""));\nvar parameters = both == "" ? "" : "?" + both;`,
  same: (one, other) => `if (${one} != ${other}) return false;`,
  equal: (isList) =>
    isList
      ? 'if (!given.Any(one => Equal(one, signature))) return false;'
      : 'if (!Equal(given, signature)) return false;',
  fresh: (format, seconds) =>
    format === undefined
      ? 'return true;'
      : `return (DateTimeOffset.UtcNow - ${moment[format]}).Duration() <= TimeSpan.FromSeconds(${seconds});`,
  receiving,
};
