import type { NoRequest } from './json-kind.ts';

const sentByCode =
  'the request that it sends: point it at the local server (countersign serve) and take the raw request from its page, or log method, URL, headers and body where it sends them';

/** Characters in which code shows what it is. */
const longEnough = 20_000;

/** A language of programs, as the fixes name it. */
export type CodeLanguage =
  'php' | 'powershell' | 'csharp' | 'java' | 'go' | 'python' | 'ruby' | 'javascript' | 'bash' | 'postman';

/** Languages by lines that others do not have, the surest first. */
const languages: readonly (readonly [name: string, line: RegExp, language: CodeLanguage])[] = [
  ['PHP', /^[ \t]*<\?php|^[ \t]*\$\w+[ \t]*=\s*(?:curl_init|hash_hmac|base64_encode)\(/m, 'php'],
  [
    'a PowerShell script',
    /^[ \t]*\$[\w:]+[ \t]*=(?!=)|\b(?:Invoke-(?:WebRequest|RestMethod)|New-Object)\b/m,
    'powershell',
  ],
  [
    'C# code',
    /^[ \t]*using [\w.]+;|^[ \t]*namespace [\w.]+|\bnew (?:HttpClient|HMACSHA256|HttpRequestMessage)\b/m,
    'csharp',
  ],
  ['Java code', /^[ \t]*import java[\w.]*\.[\w.*]+;|^[ \t]*public (?:final )?class \w+|\bMac\.getInstance\(/m, 'java'],
  ['Go code', /^package \w+[ \t\r]*$|^func \w+\(|\bhmac\.New\(/m, 'go'],
  ['Python code', /^[ \t]*(?:import \w[\w., ]*|from [\w.]+ import .+)$|^[ \t]*def \w+\(|\bhmac\.new\(/m, 'python'],
  ['Ruby code', /^[ \t]*require ['"][\w/]+['"][ \t\r]*$|\bOpenSSL::HMAC\b/m, 'ruby'],
  [
    'JavaScript code',
    /^[ \t]*(?:const|let|var) [\w{[][^=\n]{0,200}=|^[ \t]*(?:import .+ from|export (?:default|const|async|function|class)|await fetch\(|fetch\(|async function|function \w+\()|\brequire\(['"]|\bCryptoJS\.|\bcreateHmac\(/m,
    'javascript',
  ],
  ['a shell script', /^#!.*sh\b|^[ \t]*(?:export )?[A-Za-z_]\w*=|^[ \t]*(?:openssl|curl|wget|http|https) /m, 'bash'],
];

const ofPostman = /\bpm\.(?:request|environment|variables|globals|collectionVariables|sendRequest)\b/;

/** The language of a text that is code, or has code in it. */
export function languageOfCode(whole: string): CodeLanguage | undefined {
  const text = whole.slice(0, longEnough);
  if (ofPostman.test(text)) return 'postman';
  return languages.find(([, line]) => line.test(text))?.[2];
}

/** What a text of code is. */
export function kindOfCode(whole: string): NoRequest | undefined {
  const text = whole.slice(0, longEnough);
  if (ofPostman.test(text)) {
    return {
      code: 'input/code',
      what: 'a script of Postman: it makes headers, and is not the request that went out',
      bring: "the request as it was sent, from Postman's Console with its raw log",
    };
  }
  if (/^[ \t]*(?:await )?fetch\(["']https?:/.test(text)) {
    return {
      code: 'input/code',
      what: 'JavaScript (a browser\'s "Copy as fetch")',
      bring: 'the same request by "Copy as cURL"',
    };
  }
  if (/^[ \t]*(?:\$session = |Invoke-WebRequest -UseBasicParsing)/m.test(text)) {
    return {
      code: 'input/code',
      what: 'PowerShell (a browser\'s "Copy as PowerShell")',
      bring: 'the same request by "Copy as cURL"',
    };
  }
  const found = languages.find(([, line]) => line.test(text));
  if (!found) return undefined;
  const [language] = found;
  const bring =
    language === 'a shell script' ? 'what curl -v shows when it runs, with the lines that begin with ">"' : sentByCode;
  return { code: 'input/code', what: `${language}, and not the request that it sends`, bring };
}
