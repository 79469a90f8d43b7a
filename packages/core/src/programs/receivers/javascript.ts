import { literal } from '../../diagnose/fixes/literal.ts';
import type { ReceivingLanguage, ReceivingSteps } from '../kit/receiving-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { commented, indented, usedImports } from '../kit/used-imports.ts';

const epochMs = {
  rfc1123: 'Date.parse(date)',
  iso8601: 'Date.parse(date)',
  'iso8601-basic':
    "Date.parse(date.replace(/^(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))",
  'epoch-seconds': 'Number(date) * 1000',
  'epoch-milliseconds': 'Number(date)',
  epoch: 'Number(date) * (date.length > 12 ? 1 : 1000)',
};

const form = `if (body.length > 0 && !/^\\s*application\\/x-www-form-urlencoded\\s*(;|$)/i.test(header('content-type'))) return false;`;

const imports = [
  [/\bcreateHash\b/, 'createHash'],
  [/\bcreateHmac\b/, 'createHmac'],
  [/\btimingSafeEqual\b/, 'timingSafeEqual'],
] as const;

function receiving({ title, functions, lines, variables }: ReceivingSteps): string {
  const code = `${functions.map((text) => `${text}\n\n`).join('')}const equal = (one, other) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

if (!process.env.SIGNING_SECRET) throw new Error('SIGNING_SECRET is not set: an empty key is known to everybody');
${variables.map((name) => `if (!process.env.${name}) throw new Error('${name} is not set');\n`).join('')}
/** Whether a request is rightly signed, and fresh. The body is the bytes that arrived. */
function isRight(method, target, header, body) {
${indented(lines, '  ')}
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const header = (name) => {
    const values = request.headersDistinct[name] ?? [];
    if (values.length > 1) throw new Error('it is there twice: another program may read the other one');
    return values[0] ?? '';
  };
  let ok = false;
  try {
    ok = isRight(request.method, request.url, header, Buffer.concat(chunks));
  } catch {
    // What cannot be read is refused.
  }
  response.writeHead(ok ? 204 : 401).end();
}).listen(process.env.PORT ?? 3000);
`;
  return `${commented([...title, setBefore('PORT=3000 node receive.mjs', variables)], '//')}
import { ${usedImports(code, imports).join(', ')} } from 'node:crypto';
import { createServer } from 'node:http';

${code}`;
}

/** Receivers on Node's own HTTP server. */
export const javascript: ReceivingLanguage = {
  header: (variable, name) => `const ${variable} = header('${name}');`,
  listedHeader: (variable, list, at) => `const ${variable} = header(${list}.split(';')[${at}]);`,
  match: (name, pattern, variables) =>
    `const found = /${pattern.replaceAll('/', '\\/')}/.exec(header('${name}'));\nif (!found) return false;\nconst [, ${variables.join(', ')}] = found;`,
  list: (name, separator, items) =>
    [
      `const items = header('${name}').split('${separator}').map((item) => item.trim());`,
      ...items.map(({ prefix, variable }) => {
        const starts = `item.startsWith('${prefix}')`;
        if (variable !== 'given')
          return `const ${variable} = items.find((item) => ${starts})?.slice(${prefix.length}) ?? '';`;
        if (prefix === '') return 'const given = items;';
        return `const given = items.filter((item) => ${starts}).map((item) => item.slice(${prefix.length}));`;
      }),
    ].join('\n'),
  sameKey: 'if (keyId !== process.env.SIGNING_KEY_ID) return false;',
  blankWithoutBody: (line) => line.replace(/^const (\w+) = (.*?);/, "const $1 = body.length === 0 ? '' : $2;"),
  path: "const path = target.split('?', 1)[0];",
  query: "const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';",
  url: 'const url = process.env.PUBLIC_URL + target; // as the sender calls it: https://example.com',
  fields: `${form}\nconst fields = body.toString();`,
  fieldsOrQuery: `${form}\nconst fields = body.length > 0 ? body.toString() : query;`,
  parameter: (variable, text, name) =>
    `const ${variable} = new URLSearchParams(${text}).get(${literal('javascript', name)}) ?? '';`,
  bothParameters: (query, of) =>
    `const both = [${query}, ${of}].filter((text) => text !== '').join('.');\nconst parameters = both === '' ? '' : \`?\${both}\`;`,
  same: (one, other) => `if (${one} !== ${other}) return false;`,
  equal: (isList) =>
    isList
      ? 'if (!given.some((one) => equal(one, signature))) return false;'
      : 'if (!equal(given, signature)) return false;',
  fresh: (format, seconds) =>
    format === undefined ? 'return true;' : `return Math.abs(Date.now() - ${epochMs[format]}) <= ${seconds} * 1000;`,
  receiving,
};
