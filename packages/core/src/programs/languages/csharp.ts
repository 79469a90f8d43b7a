import { literal } from '../../diagnose/fixes/literal.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { listed, pairIn, type SortedText } from '../kit/sorted-text.ts';
import { commented, usedImports } from '../kit/used-imports.ts';

const imports = [
  [/\bCultureInfo\b/, 'System.Globalization'],
  [/\bSHA\d+\b|\bMD5\b|\bHMAC/, 'System.Security.Cryptography'],
  [/\bEncoding\b/, 'System.Text'],
  [/\bRegex\b/, 'System.Text.RegularExpressions'],
] as const;

/** The using lines of a program beyond those that .NET has by itself. */
function importLines(code: string): string {
  return usedImports(code, imports)
    .map((name) => `using ${name};`)
    .join('\n');
}

function signing({
  title,
  variables,
  functions,
  request,
  lines,
  headers,
  hasContent,
  isChanged,
}: SigningSteps): string {
  const create = [
    'using var request = new HttpRequestMessage(new HttpMethod(method), url);',
    ...(hasContent ? ['using var content = new ByteArrayContent(body);'] : []),
  ];
  const steps = isChanged ? [...lines, ...create] : [...create, ...lines];
  const code = `${request.join('\n')}

${[...steps, ...headers, ...(hasContent ? ['request.Content = content;'] : [])].join('\n')}

using var client = new HttpClient();
using var response = await client.SendAsync(request);
Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
${functions.map((text) => `\n${text}\n`).join('')}`;
  return `${commented([...title, setBefore('dotnet run (Program.cs of a console project, .NET 8)', variables)], '//')}
${importLines(code)}

${code}`;
}

function sortedText(rule: SortedText, name: string): string {
  const encode = (text: string): string =>
    `Regex.Replace(Uri.EscapeDataString(${text}), "%(21|2[789A])", code => ((char)Convert.ToByte(code.Value[1..], 16)).ToString())`;
  const written = rule.writing === 'percent-encoded' ? encode('pair.Name') : 'pair.Name';
  const value =
    rule.writing === 'decoded'
      ? 'pair.Value'
      : rule.writing === 'underscored'
        ? "pair.Value.Replace('&', '_').Replace('=', '_')"
        : encode('pair.Value');
  const plus =
    rule.literalPlus.length > 0
      ? `new[] { ${listed('csharp', rule.literalPlus)} }.Contains(Decoded(pair[0])) ? Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "") : Decoded(pair.ElementAtOrDefault(1) ?? "")`
      : 'Decoded(pair.ElementAtOrDefault(1) ?? "")';
  return `static string ${name}(string text)
{
    string Decoded(string part) => Uri.UnescapeDataString(part.Replace('+', ' '));
    var pairs = text.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Decoded(pair[0]), Value: ${plus}))
${rule.except.length > 0 ? `        .Where(pair => !new[] { ${listed('csharp', rule.except)} }.Contains(pair.Name))\n` : ''}        .OrderBy(pair => pair.Name, StringComparer.Ordinal)${rule.sortsValues ? '\n        .ThenBy(pair => pair.Value, StringComparer.Ordinal)' : ''}${rule.distinct ? '\n        .Distinct()' : ''};
    return string.Join(${literal('csharp', rule.separator)}, pairs.Select(pair => ${pairIn('csharp', rule, written, value)}));
}`;
}

/** Programs for C# (.NET 8), of top-level statements. They are not run here: read them twice. */
export const csharp: ProgramLanguage = { extension: 'cs', sortedText, signing };
