import { headerValue } from '../../message.ts';
import { snakeCase } from '../mends/headers.ts';
import type { MistakeClass } from '../mistake-class.ts';

/** The header that carries the signature does not have its shape. */
export const headerAuthorizationSyntax: MistakeClass = {
  id: 'header/authorization-syntax',
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
  say: (detail, { evidence }) =>
    detail.startsWith(noSignature)
      ? `${detail}.`
      : `The ${evidence.scheme.authorization.header} header is malformed: ${detail}.`,
  mends: ({ scheme }) => {
    const { header, template } = scheme.authorization;
    const list = scheme.signedHeaders?.accepted[0]?.join(';') ?? '';
    const value = template.replace('{signedHeaders}', list);
    /** The template with each field replaced by what the language writes for a variable. */
    const filled = (field: (name: string) => string): string =>
      value.replace(/\{(\w+)\}/g, (_, name: string) => field(name));
    const joined = (quote: string, plus: string, sigil = ''): string =>
      `${quote}${filled((name) => `${quote}${plus}${sigil}${name}${plus}${quote}`)}${quote}`
        .replaceAll(`${plus}${quote}${quote}`, '')
        .replaceAll(`${quote}${quote}${plus}`, '');
    return {
      javascript: `headers['${header}'] = \`${filled((name) => `\${${name}}`)}\`;`,
      python: `headers['${header}'] = f'${filled((name) => `{${snakeCase(name)}}`)}'`,
      csharp: `request.Headers.TryAddWithoutValidation("${header}", $"${filled((name) => `{${name}}`)}");`,
      java: `builder.header("${header}", ${joined('"', ' + ')});`,
      php: `$headers[] = ${joined("'", ' . ', '$').replace(/^'?/, (quote) => `'${header}: ${quote === '' ? "' . " : ''}`)};`,
      postman: `pm.request.headers.upsert({ key: '${header}', value: ${joined("'", ' + ')} });`,
    };
  },
};

const noSignature = 'The request carries no signature';
