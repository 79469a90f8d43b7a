import { headerValue } from '../../message.ts';
import { concatenation } from '../fixes/concatenation.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

type Malformed =
  | { readonly kind: 'no header' | 'no likeness'; readonly name: string }
  | { readonly kind: 'slips'; readonly slips: readonly string[] }
  | { readonly kind: 'cut'; readonly left: 'start' | 'end'; readonly length: number };

/** The header that carries the signature does not have its shape. */
export const headerAuthorizationSyntax: MistakeClass<Malformed> = {
  id: 'header/authorization-syntax',
  rank: 10,
  needs: 'nothing',
  lintSaysMore: true,
  lint: ({ authorization, message, scheme }) => {
    const { header, template } = scheme.authorization;
    if (authorization?.fields.signature === undefined) {
      const sent = headerValue(message.headers, header);
      const name = header.replace(/^./, (letter) => letter.toUpperCase());
      return {
        detail: sent === undefined ? { kind: 'no header', name } : { kind: 'no likeness', name },
        part: 'authorization',
        yours: sent ?? '',
        expected: template,
      };
    }
    return authorization.slips.length > 0
      ? {
          detail: { kind: 'slips', slips: authorization.slips },
          part: 'authorization',
          yours: authorization.value,
          expected: authorization.corrected,
        }
      : undefined;
  },
  speaksOf: (find, { authorization }) => {
    if (find.kind !== 'signature' || find.reading.extent === 'whole') return undefined;
    const { length } = authorization?.fields.signature ?? '';
    return { kind: 'cut', left: find.reading.extent, length };
  },
  say: (detail, { evidence }) => {
    const { header, template } = evidence.scheme.authorization;
    switch (detail.kind) {
      case 'no header':
        return `The request carries no signature: it has no ${detail.name} header.`;
      case 'no likeness':
        return `The request carries no signature: its ${detail.name} header does not resemble "${template}".`;
      case 'slips':
        return `The ${header} header is malformed: ${detail.slips.join('; ')}.`;
      case 'cut':
        return detail.left === 'start'
          ? `The ${header} header is malformed: the signature is cut after ${detail.length} characters.`
          : `The ${header} header is malformed: the beginning of the signature is cut off (${detail.length} characters are left).`;
    }
  },
  fixes: ({ scheme }) => {
    const { header, template } = scheme.authorization;
    const list = scheme.signedHeaders?.accepted[0]?.join(';') ?? '';
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
  },
};
