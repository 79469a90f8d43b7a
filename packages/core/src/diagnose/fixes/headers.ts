import { fixLanguages, type Fixes, type FixLanguage } from '../diagnosis.ts';
import { literal } from './literal.ts';
import { assigned, fixesOf, nameIn, type Remarks } from './statement.ts';

/** Names of headers that are words of one of the languages. */
const reserved = new Set(['from', 'range']);

/** What a variable that holds a header's value is called: `contentHash` for every content hash, `xNonce` for `x-nonce`. */
export function variableFor(header: string): string {
  const name = header.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return reserved.has(name) ? `${name}Value` : name;
}

/** The line that sends one header, and no second one of its name. */
export function headerLine(language: FixLanguage, header: string, value: string): string {
  switch (language) {
    case 'javascript':
      return `headers['${header}'] = ${value};`;
    case 'python':
      return `headers['${header}'] = ${value}`;
    case 'csharp':
      return `request.Headers.Remove("${header}"); request.Headers.TryAddWithoutValidation("${header}", ${value});`;
    case 'java':
      return `builder.setHeader("${header}", ${value});`;
    case 'php':
      return `$headers['${header}'] = '${header}: ' . ${value};`;
    case 'go':
      return `req.Header.Set("${header}", ${value})`;
    case 'ruby':
      return `request['${header}'] = ${value}`;
    case 'bash':
      return `headers+=(-H '${header}: '${value})`;
    case 'powershell':
      return `$headers['${header}'] = ${value}`;
    case 'postman':
      return `pm.request.headers.upsert({ key: '${header}', value: ${value} });`;
  }
}

/** The name of a variable where its value is wanted: a shell takes it in quotes. */
function valueOf(language: FixLanguage, variable: string): string {
  const name = nameIn(language, variable);
  return language === 'bash' ? `"$${name}"` : name;
}

/**
 * Code that sends one header.
 *
 * @param variable the name of the variable that holds its value, in camel case
 */
export function sendHeader(header: string, variable: string, remarks: Remarks = ''): Fixes {
  return fixesOf((language) => headerLine(language, header, valueOf(language, variable)), remarks);
}

/** Code that writes the list of signed headers which the request declares. */
export function declareHeaders(names: readonly string[]): Fixes {
  return assigned(
    'signedHeaders',
    'text',
    quoted(names.join(';')),
    'lower case, in this order, nothing after the last',
  );
}

/** A text as each language writes it. */
export function quoted(text: string): Readonly<Record<FixLanguage, string>> {
  return Object.fromEntries(fixLanguages.map((language) => [language, literal(language, text)])) as Record<
    FixLanguage,
    string
  >;
}

/** Code that sends the Content-Type that is signed. */
export const contentTypeFixes: Fixes = fixesOf(
  (language) => {
    if (language === 'csharp') return 'content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);';
    if (language === 'powershell')
      return 'Invoke-RestMethod $url -Method $method -Headers $headers -ContentType $contentType -Body $body';
    const value = language === 'postman' ? "'application/json'" : valueOf(language, 'contentType');
    return headerLine(language, 'Content-Type', value);
  },
  {
    javascript: 'set explicitly, the same text that is signed',
    python: 'set explicitly, the same text that is signed',
    csharp: 'StringContent adds a charset of its own',
    java: 'the same text that is signed',
    php: "curl sets a form's type when you do not",
    go: 'the same text that is signed',
    ruby: 'the same text that is signed',
    bash: "curl sets a form's type when you do not",
    powershell: 'Windows PowerShell takes no Content-Type among its headers',
    postman: 'before it is signed',
  },
);

/** Code that takes a character that its scheme uses to separate parts out of a header's value, before it is signed and sent. */
export function withoutSeparator(header: string, character: string): Fixes {
  const text = quoted(character);
  return assigned(
    variableFor(header),
    'text',
    {
      javascript: `text.replaceAll(${text.javascript}, '')`,
      python: `text.replace(${text.python}, '')`,
      csharp: `text.Replace(${text.csharp}, "")`,
      java: `text.replace(${text.java}, "")`,
      php: `str_replace(${text.php}, '', $text)`,
      go: `strings.ReplaceAll(text, ${text.go}, "")`,
      ruby: `text.delete(${text.ruby})`,
      bash: `\${text//${text.bash}/}`,
      powershell: `$text.Replace(${text.powershell}, '')`,
      postman: `text.replaceAll(${text.postman}, '')`,
    },
    'before it is signed and sent',
  );
}
