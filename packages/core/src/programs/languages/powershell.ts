import { literal } from '../../diagnose/fixes/literal.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { listed, pairIn, type SortedText } from '../kit/sorted-text.ts';
import { commented } from '../kit/used-imports.ts';

function signing({ title, variables, functions, request, lines, headers, hasContent }: SigningSteps): string {
  return `${commented([...title, `${['SIGNING_SECRET', ...variables].map((name) => `$env:${name} = '…'; `).join('')}./sign.ps1`], '#')}
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Net.Http

${[...functions, ...request].join('\n')}

${[...lines, '$headers = @{}', '$contentHeaders = @{}', ...headers].join('\n')}

$request = New-Object System.Net.Http.HttpRequestMessage ([System.Net.Http.HttpMethod] $method), $url
${hasContent ? '$request.Content = New-Object System.Net.Http.ByteArrayContent (, $body)\n' : ''}foreach ($name in $headers.Keys) { $null = $request.Headers.TryAddWithoutValidation($name, [string] $headers[$name]) }
${hasContent ? 'foreach ($name in $contentHeaders.Keys) { $null = $request.Content.Headers.TryAddWithoutValidation($name, [string] $contentHeaders[$name]) }\n' : ''}
$client = New-Object System.Net.Http.HttpClient
$response = $client.SendAsync($request).GetAwaiter().GetResult()
'{0} {1}' -f [int] $response.StatusCode, $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
`;
}

function sortedText(rule: SortedText, name: string): string {
  const encode = (text: string): string =>
    `[regex]::Replace([Uri]::EscapeDataString(${text}), '%(21|2[789A])', { param($code) [char][Convert]::ToByte($code.Value.Substring(1), 16) })`;
  const written = rule.writing === 'percent-encoded' ? encode('$name') : '$name';
  const value =
    rule.writing === 'decoded'
      ? '$value'
      : rule.writing === 'underscored'
        ? "($value -replace '[&=]', '_')"
        : encode('$value');
  const plus =
    rule.literalPlus.length > 0
      ? `        if (${listed('powershell', rule.literalPlus)} -ccontains $name) { $value = $value.Replace('+', '%2B') }\n`
      : '';
  const skip =
    rule.except.length > 0 ? `        if (${listed('powershell', rule.except)} -ccontains $name) { continue }\n` : '';
  const key = rule.sortsValues ? '"$name`0$value"' : '"$name`0" + $values.Count.ToString(\'D6\')';
  return `function ${name}([string] $text) {
    $values = New-Object 'Collections.Generic.SortedDictionary[string, object]' ([StringComparer]::Ordinal)
    foreach ($pair in $text.Split('&')) {
        if ($pair -eq '') { continue }
        $name, $value = $pair -split '=', 2
        $name = [Uri]::UnescapeDataString($name.Replace('+', ' '))
        $value = "$value"
${skip}${plus}        $value = [Uri]::UnescapeDataString($value.Replace('+', ' '))
        $key = ${key}
${rule.distinct || !rule.sortsValues ? '' : '        while ($values.ContainsKey($key)) { $key += "`0" }\n'}        $values[$key] = @($name, $value)
    }
    return ($values.Values | ForEach-Object { $name, $value = $_; ${pairIn('powershell', rule, written, value)} }) -join ${literal('powershell', rule.separator)}
}`;
}

/** Programs for PowerShell, Windows PowerShell 5.1 among it. They are not run here: read them twice. */
export const powershell: ProgramLanguage = { extension: 'ps1', sortedText, signing };
