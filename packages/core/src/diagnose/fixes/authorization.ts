import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { concatenation } from './concatenation.ts';

/** Code that writes the header of the signature as the scheme wants it. */
export function authorizationFixes({ authorization: { header, template }, signedHeaders }: Scheme): Fixes {
  const list = signedHeaders?.accepted[0]?.join(';') ?? '';
  const pieces = template
    .replace('{signedHeaders}', list)
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((piece) => (piece.startsWith('{') ? { variable: piece.slice(1, -1) } : { text: piece }));
  const code = concatenation(pieces);
  return {
    javascript: `headers['${header}'] = ${code.javascript};`,
    python: `headers['${header}'] = ${code.python}`,
    csharp: `request.Headers.TryAddWithoutValidation("${header}", ${code.csharp});`,
    java: `builder.header("${header}", ${code.java});`,
    php: `$headers[] = '${header}: ' . ${code.php};`,
    postman: `pm.request.headers.upsert({ key: '${header}', value: ${code.postman} });`,
  };
}
