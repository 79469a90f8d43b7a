import type { FixLanguage } from '../../diagnose/diagnosis.ts';

const script = /^[ \t]*(?:console\.\w+|(?:this\.)?_?log(?:ger)?(?:\.\w+)?|debug)\(/;

/** How a line begins that shows something to people. */
const showing: Readonly<Record<FixLanguage, RegExp>> = {
  javascript: script,
  postman: script,
  python: /^[ \t]*(?:p?print|log(?:ger|ging)?\.\w+)\(/,
  csharp: /^[ \t]*(?:Console\.Write|(?:Debug|Trace|_?log(?:ger)?)\.\w+\()/i,
  java: /^[ \t]*(?:System\.(?:out|err)\.|log(?:ger)?\.)/i,
  go: /^[ \t]*(?:fmt\.Print|s?log\.\w+\()/,
  php: /^[ \t]*(?:error_log\(|echo\b|print\b|print_r\(|var_dump\(|\\?Log::)/,
  ruby: /^[ \t]*(?:puts|p|pp|print|warn|(?:Rails\.)?logger\.\w+)\b/,
  bash: /^[ \t]*(?:echo|printf)\b[^|>]*$/,
  powershell: /^[ \t]*Write-(?:Host|Output|Verbose|Debug|Information|Warning)\b/i,
};

/** What computes something, though it is shown. */
const computing = /hmac|sha-?\d|md5|digest|openssl/i;

/**
 * Code with blanks in the place of lines that show something to people (logs, prints), so that places stay the same: what
 * stands there is neither signed nor sent.
 */
export function withoutOutput(code: string, language: FixLanguage): string {
  const isShown = (line: string): boolean =>
    showing[language].test(line) && !computing.test(line) && !/;[ \t]*\S/.test(line);
  return code
    .split('\n')
    .map((line) => (isShown(line) ? ' '.repeat(line.length) : line))
    .join('\n');
}
