import type { KeyEncoding, Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { quoted } from './headers.ts';
import { assigned, type Expressions, type Remarks } from './statement.ts';

const cryptoJsEncodings: Readonly<Record<KeyEncoding, string>> = {
  base64: 'Base64',
  hex: 'Hex',
  utf8: 'Utf8',
  whsec: 'Base64',
};

/** The published pre-request scripts read the secret where they decode it, so that line is the one to fix. */
const inPostman = ({ key }: Scheme, text: string): { readonly line: string } => ({
  line: `const key = CryptoJS.enc.${cryptoJsEncodings[key.encoding]}.parse(${text});`,
});

const secretFixes = (expressions: Expressions, remarks?: Remarks): Fixes =>
  assigned('secret', 'text', expressions, remarks);

/** Where programs keep a secret. */
export const fromEnvironment = (scheme: Scheme): Expressions => ({
  javascript: 'process.env.SIGNING_SECRET',
  python: "os.environ['SIGNING_SECRET']",
  csharp: 'Environment.GetEnvironmentVariable("SIGNING_SECRET")!',
  java: 'System.getenv("SIGNING_SECRET")',
  php: "getenv('SIGNING_SECRET')",
  go: 'os.Getenv("SIGNING_SECRET")',
  ruby: "ENV.fetch('SIGNING_SECRET')",
  bash: '"$SIGNING_SECRET"',
  powershell: '$env:SIGNING_SECRET',
  postman: inPostman(scheme, "pm.variables.get('key')"),
});

/** Code that reads the secret of the resource that is called. */
export function secretOfResource(scheme: Scheme): Fixes {
  return secretFixes(fromEnvironment(scheme), 'the secret that belongs to the resource or application you call');
}

/** Code that reads the secret, which was changed when it was copied. */
export function copiedSecret(scheme: Scheme): Fixes {
  return secretFixes(
    fromEnvironment(scheme),
    'copied from the provider’s page character by character, with no escapes',
  );
}

/** Code that takes off what stands around the secret. */
export function trimmedSecret(scheme: Scheme): Fixes {
  return secretFixes(
    {
      javascript: 'process.env.SIGNING_SECRET.trim()',
      python: "os.environ['SIGNING_SECRET'].strip()",
      csharp: 'Environment.GetEnvironmentVariable("SIGNING_SECRET")!.Trim()',
      java: 'System.getenv("SIGNING_SECRET").strip()',
      php: "trim(getenv('SIGNING_SECRET'))",
      go: 'strings.TrimSpace(os.Getenv("SIGNING_SECRET"))',
      ruby: "ENV.fetch('SIGNING_SECRET').strip",
      bash: '$(printf %s "$SIGNING_SECRET" | tr -d \'[:space:]\')',
      powershell: '$env:SIGNING_SECRET.Trim()',
      postman: inPostman(scheme, "pm.variables.get('key').trim()"),
    },
    { bash: 'printf %s, not echo' },
  );
}

/** Code that takes the key out of a connection string. */
export function secretOfConnectionString(scheme: Scheme): Fixes {
  return secretFixes(
    {
      javascript: '/accesskey=([^;]+)/i.exec(connectionString)[1]',
      python: "re.search(r'accesskey=([^;]+)', connection_string, re.I)[1]",
      csharp: 'Regex.Match(connectionString, "accesskey=([^;]+)", RegexOptions.IgnoreCase).Groups[1].Value',
      java: 'connectionString.replaceFirst("(?i)^.*accesskey=([^;]+).*$", "$1")',
      php: { line: "preg_match('/accesskey=([^;]+)/i', $connectionString, $match); $secret = $match[1];" },
      go: 'regexp.MustCompile(`(?i)accesskey=([^;]+)`).FindStringSubmatch(connectionString)[1]',
      ruby: 'connection_string[/accesskey=([^;]+)/i, 1]',
      bash: '${connection_string#*accesskey=}; secret=${secret%%;*}',
      powershell: "[regex]::Match($connectionString, '(?i)accesskey=([^;]+)').Groups[1].Value",
      postman: inPostman(scheme, "/accesskey=([^;]+)/i.exec(pm.variables.get('connectionString'))[1]"),
    },
    'what follows "accesskey=", with its "=" at the end',
  );
}

/** Code that takes a prefix off the secret where it has one. */
export function withoutPrefix(prefix: string, scheme: Scheme): Fixes {
  const [text, { length }] = [quoted(prefix), prefix];
  const read = "pm.variables.get('key')";
  return secretFixes({
    javascript: `text.startsWith(${text.javascript}) ? text.slice(${length}) : text`,
    python: `text.removeprefix(${text.python})`,
    csharp: `text.StartsWith(${text.csharp}, StringComparison.Ordinal) ? text[${length}..] : text`,
    java: `text.startsWith(${text.java}) ? text.substring(${length}) : text`,
    php: `str_starts_with($text, ${text.php}) ? substr($text, ${length}) : $text`,
    go: `strings.TrimPrefix(text, ${text.go})`,
    ruby: `text.delete_prefix(${text.ruby})`,
    bash: `\${text#${text.bash}}`,
    powershell: `$text -creplace ('^' + [regex]::Escape(${text.powershell})), ''`,
    postman: inPostman(scheme, `${read}.startsWith(${text.postman}) ? ${read}.slice(${length}) : ${read}`),
  });
}
