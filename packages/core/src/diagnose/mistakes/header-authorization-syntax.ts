import { headerValue } from '../../message.ts';
import { concatenation } from '../mends/concatenation.ts';
import type { MistakeClass } from '../mistake-class.ts';

/** The header that carries the signature does not have its shape. */
export const headerAuthorizationSyntax: MistakeClass = {
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
        detail:
          sent === undefined
            ? `${noSignature}: it has no ${name} header`
            : `${noSignature}: its ${name} header does not resemble "${template}"`,
        part: 'authorization',
        yours: sent ?? '',
        expected: template,
      };
    }
    return authorization.slips.length > 0
      ? {
          detail: authorization.slips.join('; '),
          part: 'authorization',
          yours: authorization.value,
          expected: authorization.mended,
        }
      : undefined;
  },
  speaksOf: (find, { authorization }) => {
    if (find.kind !== 'signature' || find.reading.extent === 'whole') return undefined;
    const { length } = authorization?.fields.signature ?? '';
    return find.reading.extent === 'start'
      ? `the signature is cut after ${length} characters`
      : `the beginning of the signature is cut off (${length} characters are left)`;
  },
  say: (detail, { evidence }) =>
    detail.startsWith(noSignature)
      ? `${detail}.`
      : `The ${evidence.scheme.authorization.header} header is malformed: ${detail}.`,
  mends: ({ scheme }) => {
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

const noSignature = 'The request carries no signature';
