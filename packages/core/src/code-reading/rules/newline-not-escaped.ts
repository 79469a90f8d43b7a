import { stringToSignFixes } from '../../diagnose/fixes/string-to-sign.ts';
import { alsoInPostman, firstMatch, type ReadingRule } from '../kit/reading-rule.ts';
import { someScheme } from '../kit/some-scheme.ts';

const doubled = /(?:\+\s*["'`]\\\\n["'`]|["'`]\\\\n["'`]\s*\+|\}\\\\n\$?\{|join\(\s*["'`]\\\\n["'`]\s*\))/;

const patterns = alsoInPostman({
  javascript: doubled,
  csharp: /\+\s*@?"\\\\n"|"\\\\n"\s*\+|@"\\n"|\}\\\\n\{|Join\(\s*"\\\\n"/,
  java: /\+\s*"\\\\n"|"\\\\n"\s*\+|join\(\s*"\\\\n"/,
  go: /\+\s*"\\\\n"|\+\s*`\\n`|"\\\\n"\s*\+|"\\\\n"\s*\)/,
  python: /\+\s*["']\\\\n["']|["']\\\\n["']\.join|\}\\\\n\{|\b(?:f?r|rf)["'][^"'\n]{0,200}\}\\n\{/,
  php: /\.\s*'\\n'|'\\n'\s*\.|implode\(\s*'\\n'/,
  ruby: /\+\s*'\\n'|'\\n'\s*\+|join\(\s*'\\n'\s*\)/,
  powershell: /"[^"\n]{0,200}\$[\w()]{1,60}\\n\$[^"\n]{0,200}"|-join\s*["']\\n["']|\+\s*["']\\n["']/,
  bash: /\b(\w*(?:to_?sign|sts)\w*)="[^"\n]{0,300}\\n[^"\n]{0,300}"/i,
});

/** Line breaks that are made of the two characters afterwards, or the other way round, to be shown. */
const replaced =
  /(?:replace|gsub|str_replace|sub\(|strtr|tr\()[^\n]{0,20}\\{1,2}n|unicode_escape|stripcslashes|Regex\.Unescape/i;

/** Of these, echo reads escapes. */
const plainShell = /^#![^\n]{0,60}\b(?:sh|dash|ash|zsh)[ \t]*$/m;

/** Whether a shell prints a variable as it is, and never with its escapes read. */
function isPrintedAsItIs(text: string, name: string): boolean {
  const asItIs = new RegExp(String.raw`(?:printf[ \t]+["']?%s["']?|echo[ \t]+-n)[ \t]+["']?\$\{?${name}\b`);
  const withEscapes = /printf[ \t]+["']?%b|echo[ \t]+-[neE]*e/;
  return asItIs.test(text) && !withEscapes.test(text);
}

/** A line break is written in a way in which the language has two characters for it. */
export const newlineNotEscaped: ReadingRule = {
  name: 'newline-not-escaped',
  mistake: 'layout/literal-newline',
  patterns,
  find(code) {
    const found = firstMatch(code, patterns);
    if (!found || replaced.test(code.text)) return undefined;
    // What is taken apart at its line breaks is put together to be shown.
    const before = code.text
      .slice(Math.max(0, found.index - 200), found.index + found[0].length)
      .split('\n')
      .at(-1);
    if (/split\w*\(|-split\b|explode\(/i.test(before ?? '')) return undefined;
    // A shell may still make a line break of it where it prints it.
    if (code.language === 'bash' && (plainShell.test(code.whole) || !isPrintedAsItIs(code.text, found[1] ?? '')))
      return undefined;
    return {
      at: found.index,
      part: 'string-to-sign',
      summary:
        'The string to sign has the two characters \\ and n where a line break belongs: written like this, the language reads no escape.',
      fix: stringToSignFixes(someScheme(code)),
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty: "const t = method + '\\\\n' + path;\ncreateHmac('sha256', key).update(t);",
      right: "const t = method + '\\n' + path;\ncreateHmac('sha256', key).update(t);",
    },
    {
      language: 'postman',
      faulty: "const t = pm.request.method + '\\\\n' + url;\nCryptoJS.HmacSHA256(t, key);",
      right: "const t = pm.request.method + '\\n' + url;\nCryptoJS.HmacSHA256(t, key);",
    },
    {
      language: 'csharp',
      faulty: 'new HMACSHA256(key);\nvar t = method + "\\\\n" + path;',
      right: 'new HMACSHA256(key);\nvar t = method + "\\n" + path;',
    },
    {
      language: 'java',
      faulty: 'Mac.getInstance("HmacSHA256");\nString t = method + "\\\\n" + path;',
      right: 'Mac.getInstance("HmacSHA256");\nString t = method + "\\n" + path;',
    },
    {
      language: 'go',
      faulty: 'mac := hmac.New(sha256.New, key)\nt := method + `\\n` + path',
      right: 'mac := hmac.New(sha256.New, key)\nt := method + "\\n" + path',
    },
    {
      language: 'python',
      faulty: "import hmac\nt = rf'{method}\\n{path}'",
      right: "import hmac\nt = f'{method}\\n{path}'",
    },
    {
      language: 'php',
      faulty: "<?php\n$t = $method . '\\n' . $path;\nhash_hmac('sha256', $t, $k);",
      right: '<?php\n$t = $method . "\\n" . $path;\nhash_hmac(\'sha256\', $t, $k);',
    },
    {
      language: 'ruby',
      faulty: "require 'openssl'\nt = [method, path].join('\\n')\nOpenSSL::HMAC.digest('SHA256', k, t)",
      right: "require 'openssl'\nt = [method, path].join(\"\\n\")\nOpenSSL::HMAC.digest('SHA256', k, t)",
    },
    {
      language: 'powershell',
      faulty: '$t = "$method\\n$path"\n$h = New-Object Security.Cryptography.HMACSHA256',
      right: '$t = "$method`n$path"\n$h = New-Object Security.Cryptography.HMACSHA256',
    },
    {
      language: 'bash',
      faulty:
        'string_to_sign="POST\\n$path"\nsig=$(printf %s "$string_to_sign" | openssl dgst -sha256 -hmac "$k" -binary)',
      right:
        'string_to_sign="POST"$\'\\n\'"$path"\nsig=$(printf %s "$string_to_sign" | openssl dgst -sha256 -hmac "$k" -binary)',
    },
  ],
};
