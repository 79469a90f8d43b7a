import { literal } from '../../diagnose/fixes/literal.ts';
import { nameIn } from '../../diagnose/fixes/statement.ts';
import type { ReceivingLanguage, ReceivingSteps } from '../kit/receiving-language.ts';
import { commented, indented } from '../kit/used-imports.ts';

const invariant = '[Globalization.CultureInfo]::InvariantCulture';
const moment = {
  rfc1123: `[DateTimeOffset]::ParseExact($date, 'r', ${invariant})`,
  iso8601: `[DateTimeOffset]::Parse($date, ${invariant}, [Globalization.DateTimeStyles]::AssumeUniversal)`,
  'iso8601-basic': `[DateTimeOffset]::ParseExact($date, "yyyyMMdd'T'HHmmss'Z'", ${invariant}, [Globalization.DateTimeStyles]::AssumeUniversal)`,
  'epoch-seconds': '[DateTimeOffset]::FromUnixTimeSeconds([long] $date)',
  'epoch-milliseconds': '[DateTimeOffset]::FromUnixTimeMilliseconds([long] $date)',
  epoch:
    '$(if ($date.Length -gt 12) { [DateTimeOffset]::FromUnixTimeMilliseconds([long] $date) } else { [DateTimeOffset]::FromUnixTimeSeconds([long] $date) })',
};

const form = `if ($body.Length -gt 0 -and (& $header 'content-type') -notmatch '^\\s*application/x-www-form-urlencoded\\s*(;|$)') { return $false }`;
const bodyText = '[Text.Encoding]::UTF8.GetString($body)';

function receiving({ title, functions, lines, variables }: ReceivingSteps): string {
  return `${commented([...title, `${['SIGNING_SECRET', ...variables].map((name) => `$env:${name} = '…'; `).join('')}./receive.ps1`], '#')}
$ErrorActionPreference = 'Stop'

${functions.map((text) => `${text}\n\n`).join('')}# Looks at every character, whatever the first difference is.
function Test-Equal([string] $one, [string] $other) {
    $different = $one.Length -bxor $other.Length
    for ($at = 0; $at -lt [Math]::Min($one.Length, $other.Length); $at++) { $different = $different -bor ([int] $one[$at] -bxor [int] $other[$at]) }
    return $different -eq 0
}

# Whether a request is rightly signed, and fresh. The body is the bytes that arrived.
function Test-Request([string] $method, [string] $target, [scriptblock] $header, [byte[]] $body) {
${indented(lines, '    ')}
}

if (-not $env:SIGNING_SECRET) { throw 'SIGNING_SECRET is not set: an empty key is known to everybody' }
${variables.map((name) => `if (-not $env:${name}) { throw '${name} is not set' }\n`).join('')}
$port = if ($env:PORT) { $env:PORT } else { 3000 }
$listener = New-Object System.Net.HttpListener
$listener.Prefixes.Add("http://localhost:$port/")
$listener.Start()
while ($true) {
    $context = $listener.GetContext()
    $request = $context.Request
    $buffer = New-Object System.IO.MemoryStream
    $request.InputStream.CopyTo($buffer)
    $header = { param($name) [string] $request.Headers[$name] }
    $isTwice = (& $header 'content-type').Contains(',') # .NET joins two headers to one
    try { $ok = -not $isTwice -and (Test-Request $request.HttpMethod $request.RawUrl $header $buffer.ToArray()) } catch { $ok = $false }
    $context.Response.StatusCode = if ($ok) { 204 } else { 401 }
    $context.Response.Close()
}
`;
}

/** Receivers on HttpListener. They are not run here: read them twice. */
export const powershell: ReceivingLanguage = {
  header: (variable, name) => `${nameIn('powershell', variable)} = & $header '${name}'`,
  listedHeader: (variable, list, at) => `$${variable} = & $header $${list}.Split(';')[${at}]`,
  match: (name, pattern, variables) =>
    [
      `$found = [regex]::Match((& $header '${name}'), ${literal('powershell', pattern.replace(/\$$/, '\\z'))})`,
      'if (-not $found.Success) { return $false }',
      ...variables.map((variable, at) => `$${variable} = $found.Groups[${at + 1}].Value`),
    ].join('\n'),
  list: (name, separator, items) =>
    [
      `$items = @((& $header '${name}').Split('${separator}') | ForEach-Object { $_.Trim() })`,
      ...items.map(({ prefix, variable }) => {
        if (variable === 'given' && prefix === '') return '$given = $items';
        const found = `@($items | Where-Object { $_.StartsWith('${prefix}', [StringComparison]::Ordinal) } | ForEach-Object { $_.Substring(${prefix.length}) })`;
        return variable === 'given' ? `$given = ${found}` : `$${variable} = [string] ${found}[0]`;
      }),
    ].join('\n'),
  sameKey: 'if ($keyId -cne $env:SIGNING_KEY_ID) { return $false }',
  blankWithoutBody: (line) =>
    line.replace(/^(\$\w+) = (.*?)(?= #|$)/, "$1 = if ($body.Length -eq 0) { '' } else { $2 }"),
  path: "$path = $target.Split('?')[0]",
  query: "$query = if ($target.Contains('?')) { $target.Substring($target.IndexOf('?') + 1) } else { '' }",
  url: '$url = $env:PUBLIC_URL + $target # as the sender calls it: https://example.com',
  fields: `${form}\n$fields = ${bodyText}`,
  fieldsOrQuery: `${form}\n$fields = if ($body.Length -gt 0) { ${bodyText} } else { $query }`,
  parameter: (variable, text, name) =>
    `$${variable} = [string] ($${text}.Split('&') | Where-Object { $_.StartsWith('${name}=', [StringComparison]::Ordinal) } | Select-Object -First 1 | ForEach-Object { [Uri]::UnescapeDataString($_.Substring(${name.length + 1}).Replace('+', ' ')) })`,
  bothParameters: (query, of) =>
    `$parameters = (@($${query}, $${of}) | Where-Object { $_ -ne '' }) -join '.'\nif ($parameters -ne '') { $parameters = "?$parameters" }`,
  same: (one, other) => `if ($${one} -cne $${other}) { return $false }`,
  equal: (isList) =>
    isList
      ? 'if (-not ($given | Where-Object { Test-Equal $_ $signature })) { return $false }'
      : 'if (-not (Test-Equal $given $signature)) { return $false }',
  fresh: (format, seconds) =>
    format === undefined
      ? 'return $true'
      : `return ([DateTimeOffset]::UtcNow - ${moment[format]}).Duration().TotalSeconds -le ${seconds}`,
  receiving,
};
