import { literal } from '../../diagnose/fixes/literal.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { listed, pairIn, type SortedText } from '../kit/sorted-text.ts';
import { commented, usedImports } from '../kit/used-imports.ts';

const imports = [
  [/\bcreateHash\b/, 'createHash'],
  [/\bcreateHmac\b/, 'createHmac'],
] as const;

function signing({ title, variables, functions, request, lines, headers, hasBody }: SigningSteps): string {
  const steps = [...lines, 'const headers = {};', ...headers].join('\n');
  const made = usedImports(steps, imports).join(', ');
  return `${commented([...title, setBefore('node sign.mjs', variables)], '//')}
import { ${made} } from 'node:crypto';

${[...request, ...functions].join('\n')}

${steps}

const response = await fetch(url, { method, headers${hasBody ? ', body: Buffer.from(body)' : ''} });
console.log(response.status, await response.text());
`;
}

function sortedText(rule: SortedText, name: string): string {
  const written = rule.writing === 'percent-encoded' ? 'encodeURIComponent(name)' : 'name';
  const value =
    rule.writing === 'decoded'
      ? 'value'
      : rule.writing === 'underscored'
        ? "value.replace(/[&=]/g, '_')"
        : 'encodeURIComponent(value)';
  const order = rule.sortsValues ? '(a < b || (a === b && x < y) ? -1 : 1)' : '(a < b ? -1 : a > b ? 1 : 0)';
  const values = rule.sortsValues ? '([a, x], [b, y])' : '([a], [b])';
  const plus =
    rule.literalPlus.length > 0
      ? `[${listed('javascript', rule.literalPlus)}].includes(name) ? decodeURIComponent(value) : decoded(value)`
      : 'decoded(value)';
  const filters = [
    ...(rule.except.length > 0
      ? [`    .filter(([name]) => ![${listed('javascript', rule.except)}].includes(name))`]
      : []),
    `    .sort(${values} => ${order})`,
    ...(rule.distinct
      ? ['    .filter(([name, value], at, all) => at === 0 || name !== all[at - 1][0] || value !== all[at - 1][1])']
      : []),
  ];
  return `function ${name}(text) {
  const decoded = (part) => decodeURIComponent(part.replaceAll('+', ' '));
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name] = pair.split('=', 1);
      const value = pair.slice(name.length + 1);
      return [decoded(name), ${plus}];
    })
${filters.join('\n')}
    .map(([name, value]) => ${pairIn('javascript', rule, written, value)})
    .join(${literal('javascript', rule.separator)});
}`;
}

/** Programs for Node: ES modules on its own parts. */
export const javascript: ProgramLanguage = { extension: 'mjs', sortedText, signing };
