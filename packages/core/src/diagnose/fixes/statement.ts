import { fixLanguages, type Fixes, type FixLanguage } from '../diagnosis.ts';

/**
 * What stands behind `name =`; a whole `line` where a language needs more than one expression, and is then written out with the
 * variable's name.
 */
export type Expression = string | { readonly line: string };

/** One expression for each language. */
export type Expressions = Readonly<Record<FixLanguage, Expression>>;

/** Words behind a fix, as a comment: the same for all languages, or by language. */
export type Remarks = string | Readonly<Partial<Record<FixLanguage, string>>>;

interface Grammar {
  /** How a variable is called, from its camel-case name. */
  name(variable: string): string;
  assign(name: string, expression: string, type: ValueType): string;
  readonly comment: string;
}

/** What a variable holds, for languages that say so. */
export type ValueType = 'text' | 'bytes';

/** A camel-case name as Python, Ruby and shells write it. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const itself = (name: string): string => name;

/** What the published pre-request scripts for Postman call things, or where they read them. */
const postmanNames: Readonly<Record<string, string>> = {
  date: 'dateStr',
  host: 'hostStr',
  target: 'url',
  path: 'url',
  contentHash: 'hashedBodyStr',
  keyId: "pm.variables.get('keyId')",
  method: 'pm.request.method',
  body: "pm.variables.replaceIn(pm.request.body?.raw ?? '')",
  contentType: "pm.variables.replaceIn(pm.request.headers.get('Content-Type') ?? '')",
};

const grammars: Readonly<Record<FixLanguage, Grammar>> = {
  javascript: { name: itself, assign: (name, it) => `const ${name} = ${it};`, comment: ' //' },
  python: { name: snakeCase, assign: (name, it) => `${name} = ${it}`, comment: '  #' },
  csharp: { name: itself, assign: (name, it) => `var ${name} = ${it};`, comment: ' //' },
  java: {
    name: itself,
    assign: (name, it, type) => `${type === 'bytes' ? 'byte[]' : 'String'} ${name} = ${it};`,
    comment: ' //',
  },
  php: { name: (name) => `$${name}`, assign: (name, it) => `${name} = ${it};`, comment: ' //' },
  go: {
    // `url` is a package.
    name: (name) => (name === 'url' ? 'rawURL' : name),
    assign: (name, it) => `${name} := ${it}`,
    comment: ' //',
  },
  ruby: { name: snakeCase, assign: (name, it) => `${name} = ${it}`, comment: ' #' },
  bash: { name: snakeCase, assign: (name, it) => `${name}=${it}`, comment: ' #' },
  powershell: {
    // `$host` is PowerShell's own, and cannot be written.
    name: (name) => (name === 'host' ? '$hostName' : `$${name}`),
    assign: (name, it) => `${name} = ${it}`,
    comment: ' #',
  },
  postman: {
    name: (name) => postmanNames[name] ?? name,
    assign: (name, it) => `const ${name} = ${it};`,
    comment: ' //',
  },
};

/** How a language calls a variable, from its camel-case name. */
export function nameIn(language: FixLanguage, variable: string): string {
  return grammars[language].name(variable);
}

/** A line for each language, from what writes one, its remark behind it. */
export function fixesOf(write: (language: FixLanguage) => string, remarks: Remarks = {}): Fixes {
  const line = (language: FixLanguage): string => {
    const remark = typeof remarks === 'string' ? remarks : remarks[language];
    return write(language) + (remark === undefined || remark === '' ? '' : `${grammars[language].comment} ${remark}`);
  };
  return Object.fromEntries(fixLanguages.map((language) => [language, line(language)])) as Record<FixLanguage, string>;
}

/** The statement that gives a variable its value, for each language. */
export function assigned(
  variable: string,
  type: ValueType,
  expressions: Expressions,
  remarks: Remarks = {},
): Fixes & { readonly postman: string } {
  return fixesOf((language) => {
    const expression = expressions[language];
    if (typeof expression !== 'string') return expression.line;
    const { name, assign } = grammars[language];
    return assign(name(variable), expression, type);
  }, remarks) as Fixes & { readonly postman: string };
}
