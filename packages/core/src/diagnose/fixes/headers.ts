import type { Fixes } from '../diagnosis.ts';

/** What a variable that holds a header's value is called: `contentHash` for every content hash, `xNonce` for `x-nonce`. */
export function variableFor(header: string): string {
  return header.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Code that sends one header.
 *
 * @param variable the name of the variable that holds its value, in camel case
 * @param remark closes every line as a comment; empty for none
 */
export function sendHeader(header: string, variable: string, remark = ''): Fixes {
  const [slashes, hash] = remark === '' ? ['', ''] : [` // ${remark}`, `  # ${remark}`];
  return {
    javascript: `headers['${header}'] = ${variable};${slashes}`,
    python: `headers['${header}'] = ${snakeCase(variable)}${hash}`,
    csharp: `request.Headers.TryAddWithoutValidation("${header}", ${variable});${slashes}`,
    java: `builder.header("${header}", ${variable});${slashes}`,
    php: `$headers[] = '${header}: ' . $${variable};${slashes}`,
    postman: `pm.request.headers.upsert({ key: '${header}', value: ${variable} });${slashes}`,
  };
}

/** Code that writes the list of signed headers which the request declares. */
export function declareHeaders(names: readonly string[]): Fixes {
  const list = names.join(';');
  const remark = 'lower case, in this order, nothing behind the last';
  return {
    javascript: `const signedHeaders = '${list}'; // ${remark}`,
    python: `signed_headers = '${list}'  # ${remark}`,
    csharp: `var signedHeaders = "${list}"; // ${remark}`,
    java: `String signedHeaders = "${list}"; // ${remark}`,
    php: `$signedHeaders = '${list}'; // ${remark}`,
    postman: `const signedHeaders = '${list}'; // ${remark}`,
  };
}

/** A camel-case name as Python writes it. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
