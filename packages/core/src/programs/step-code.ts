import { concatenation, textIn, type Piece } from '../diagnose/fixes/concatenation.ts';
import type { Fixes, FixLanguage } from '../diagnose/diagnosis.ts';
import { assigned, nameIn, type Expressions } from '../diagnose/fixes/statement.ts';

/** The key's id from the environment; a Postman script has it in a variable of the collection. */
export const keyIdFixes: Fixes = assigned('keyId', 'text', {
  javascript: 'process.env.SIGNING_KEY_ID',
  python: "os.environ['SIGNING_KEY_ID']",
  csharp: 'Environment.GetEnvironmentVariable("SIGNING_KEY_ID")!',
  java: 'System.getenv("SIGNING_KEY_ID")',
  php: "getenv('SIGNING_KEY_ID')",
  go: 'os.Getenv("SIGNING_KEY_ID")',
  ruby: "ENV.fetch('SIGNING_KEY_ID')",
  bash: '"$SIGNING_KEY_ID"',
  powershell: '$env:SIGNING_KEY_ID',
  postman: { line: '' },
});

/** The URL up to its query. */
export const urlWithoutQuery: Expressions = {
  javascript: "url.split('?', 1)[0]",
  python: "url.split('?')[0]",
  csharp: "url.Split('?')[0]",
  java: 'url.split("\\\\?", 2)[0]',
  php: "explode('?', $url)[0]",
  go: 'strings.SplitN(rawURL, "?", 2)[0]',
  ruby: "url.split('?', 2).first",
  bash: '${url%%\\?*}',
  powershell: "$url.Split('?')[0]",
  postman: "url.split('?', 1)[0]",
};

/** The query of a URL that has one, from its text. */
export const queryOfText: Pick<Expressions, 'java' | 'go' | 'ruby'> = {
  java: 'url.split("\\\\?", 2)[1]',
  go: 'strings.SplitN(rawURL, "?", 2)[1]',
  ruby: "url.split('?', 2).last",
};

/** Where Postman has the host of the request, variables filled in. */
export const hostInPostman =
  "const hostStr = pm.variables.replaceIn(pm.request.url.toString()).replace(/^https?:\\/\\//i, '').split(/[/?#]/, 1)[0];";

/** A statement that puts text behind the URL, or behind the body. */
export function appended(language: FixLanguage, to: 'url' | 'body', pieces: readonly Piece[]): string {
  const text = concatenation(pieces)[language];
  const name = nameIn(language, to);
  if (language === 'postman') {
    return to === 'body'
      ? `pm.request.body.update({ mode: 'raw', raw: pm.variables.replaceIn(pm.request.body.raw) + ${text} });`
      : `pm.request.url.update(pm.variables.replaceIn(pm.request.url.toString()) + ${text});`;
  }
  if (to === 'body') {
    if (language === 'python') return `${name} += ${text}.encode()`;
    if (language === 'csharp') return `${name} = [.. ${name}, .. Encoding.UTF8.GetBytes(${text})];`;
    if (language === 'java')
      return `${name} = (${textIn(language, 'body')} + ${text}).getBytes(StandardCharsets.UTF_8);`;
    if (language === 'go') return `${name} = append(${name}, []byte(${text})...)`;
    if (language === 'powershell') return `$body = [byte[]] ($body + [Text.Encoding]::UTF8.GetBytes(${text}))`;
  }
  const ends = language === 'javascript' || language === 'csharp' || language === 'java' || language === 'php';
  const operator = language === 'php' ? '.=' : '+=';
  return language === 'bash' ? `${name}+=${text}` : `${name} ${operator} ${text}${ends ? ';' : ''}`;
}

/** A variable that holds what a function makes of a query or a form. */
export function sortedTextOf(language: FixLanguage, variable: string, called: string, of: string): string {
  if (language === 'bash') {
    const name = nameIn(language, variable);
    // A command's last line breaks are lost, so something has to stand behind them.
    return `${name}=$(${called} "${of}"; printf .); ${name}=\${${name}%.}`;
  }
  const call =
    language === 'powershell'
      ? `${called} ${of.includes(' ') || of.includes('(') ? `(${of})` : of}`
      : `${called}(${of})`;
  const all = Object.fromEntries(
    ['javascript', 'python', 'csharp', 'java', 'php', 'go', 'ruby', 'powershell', 'postman'].map((one) => [one, call]),
  ) as Expressions;
  return assigned(variable, 'text', { ...all, bash: '' })[language];
}
