import type { Scheme } from '../../scheme.ts';
import type { Fixes, FixLanguage } from '../diagnosis.ts';
import { bodyFixes, stringToSignFixes } from './string-to-sign.ts';
import { quoted } from './headers.ts';
import { assigned, nameIn, type Expression } from './statement.ts';
import { signsPathAlone, targetFixes } from './target.ts';

/** Where the template stood. */
type Place = 'in the target' | 'in the body';

/**
 * Code that fills placeholders in before the text is signed. The program has the text as `template`, and for each
 * placeholder a variable of its name.
 */
export function filledTemplate(scheme: Scheme, placeholders: readonly string[], place: Place): Fixes {
  const isBody = place === 'in the body';
  const inPostman = { line: (isBody ? bodyFixes(scheme, '') : targetFixes(scheme, '')).postman ?? '' };
  return filledIn(isBody ? 'body' : signsPathAlone(scheme) ? 'path' : 'target', placeholders, !isBody, inPostman);
}

/** The same for the value of a header, which the program has as `template`. Postman resolves it where it signs it. */
export function filledValue(scheme: Scheme, placeholders: readonly string[], variable: string): Fixes {
  return filledIn(variable, placeholders, false, { line: stringToSignFixes(scheme).postman ?? '' });
}

function filledIn(variable: string, placeholders: readonly string[], isTarget: boolean, postman: Expression): Fixes {
  const isBody = variable === 'body';
  const nameOf = (placeholder: string): string => {
    const name = variableOf(placeholder);
    return name === variable ? 'value' : name;
  };
  const filled = (language: FixLanguage): string =>
    placeholders.reduce(
      (text, placeholder) => replaced[language](text, placeholder, nameOf(placeholder), isTarget),
      nameIn(language, 'template'),
    );
  const bytes = (language: FixLanguage, text: string): string => (isBody ? (inBytes[language]?.(text) ?? text) : text);
  const expression = (language: FixLanguage): string => bytes(language, filled(language));
  return assigned(
    variable,
    isBody ? 'bytes' : 'text',
    {
      javascript: expression('javascript'),
      python: expression('python'),
      csharp: expression('csharp'),
      java: expression('java'),
      php: expression('php'),
      go: expression('go'),
      ruby: expression('ruby'),
      bash: { line: shellLines(variable, placeholders, nameOf) },
      powershell: expression('powershell'),
      postman,
    },
    'before signing, and sign what is sent',
  );
}

/** What a variable for a placeholder's value is called. */
function variableOf(placeholder: string): string {
  const letters = placeholder.replace(/%(?:20|2[3-5]|3[A-F]|40|5[B-D]|7[B-D])/gi, '').match(/[A-Za-z0-9]+/g) ?? [
    'value',
  ];
  const words = letters.map((letter, at) => {
    const word = letter === letter.toUpperCase() ? letter.toLowerCase() : letter;
    const [first = '', rest] = [word[0], word.slice(1)];
    return (at === 0 ? first.toLowerCase() : first.toUpperCase()) + rest;
  });
  return words.join('').replace(/^(?=\d)/, 'value');
}

type Replace = (text: string, placeholder: string, name: string, encoded: boolean) => string;

const replacing =
  (
    language: FixLanguage,
    encode: (value: string) => string,
    write: (text: string, placeholder: string, value: string) => string,
  ): Replace =>
  (text, placeholder, name, encoded) => {
    const value = nameIn(language, name);
    return write(text, quoted(placeholder)[language], encoded ? encode(value) : value);
  };

const replaced: Readonly<Record<FixLanguage, Replace>> = {
  javascript: replacing(
    'javascript',
    (it) => `encodeURIComponent(${it})`,
    (text, from, to) => `${text}.replaceAll(${from}, ${to})`,
  ),
  python: replacing(
    'python',
    (it) => `quote(${it}, safe='')`,
    (text, from, to) => `${text}.replace(${from}, ${to})`,
  ),
  csharp: replacing(
    'csharp',
    (it) => `Uri.EscapeDataString(${it})`,
    (text, from, to) => `${text}.Replace(${from}, ${to})`,
  ),
  java: replacing(
    'java',
    (it) => `URLEncoder.encode(${it}, StandardCharsets.UTF_8).replace("+", "%20")`,
    (text, from, to) => `${text}.replace(${from}, ${to})`,
  ),
  php: replacing(
    'php',
    (it) => `rawurlencode(${it})`,
    (text, from, to) => `str_replace(${from}, ${to}, ${text})`,
  ),
  go: replacing(
    'go',
    (it) => `url.PathEscape(${it})`,
    (text, from, to) => `strings.ReplaceAll(${text}, ${from}, ${to})`,
  ),
  ruby: replacing(
    'ruby',
    (it) => `ERB::Util.url_encode(${it})`,
    (text, from, to) => `${text}.gsub(${from}) { ${to} }`,
  ),
  bash: (text) => text,
  powershell: replacing(
    'powershell',
    (it) => `[Uri]::EscapeDataString(${it})`,
    (text, from, to) => `${text}.Replace(${from}, ${to})`,
  ),
  postman: (text) => text,
};

/** A body is bytes in languages that tell the two apart. */
const inBytes: Readonly<Partial<Record<FixLanguage, (text: string) => string>>> = {
  python: (text) => `${text}.encode()`,
  csharp: (text) => `Encoding.UTF8.GetBytes(${text})`,
  java: (text) => `${text}.getBytes(StandardCharsets.UTF_8)`,
  go: (text) => `[]byte(${text})`,
  powershell: (text) => `[Text.Encoding]::UTF8.GetBytes(${text})`,
};

/** A shell replaces in a variable, one after the other. */
function shellLines(
  variable: string,
  placeholders: readonly string[],
  nameOf: (placeholder: string) => string,
): string {
  return placeholders
    .map((placeholder, at) => {
      const value = nameIn('bash', nameOf(placeholder));
      const name = nameIn('bash', variable);
      return `${name}=\${${at === 0 ? 'template' : name}//'${placeholder}'/"$${value}"}`;
    })
    .join('; ');
}
