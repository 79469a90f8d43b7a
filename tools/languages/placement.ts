import type { FixLanguage } from '@countersign/core/diagnose';
import type { MadeFix } from './every-fix.ts';
import type { Program } from './program.ts';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What the published scripts for Postman call what other programs have another name for. */
const postmanSteps: Readonly<Record<string, string>> = {
  dateStr: 'date',
  hostStr: 'host',
  url: 'target',
  hashedBodyStr: 'content-hash',
};

/** The step of a program that one line of a fix belongs to, by what it assigns or sends; of JavaScript, or of a script for Postman. */
function stepOf(line: string, language: FixLanguage): string | undefined {
  if (line.startsWith("pm.variables.set('endpoint'")) return 'url';
  const [, header, value = ''] =
    /^(?:headers\['|pm\.request\.headers\.upsert\(\{ key: ')([^']+)'(?:\] =|, value:) (.*)$/.exec(line) ?? [];
  if (header !== undefined) {
    if (header.toLowerCase() === 'content-type') return 'send-content-type';
    const variable = /^(\w+)(?:;| \}\);)/.exec(value)?.[1];
    if (variable === undefined) return 'authorization';
    return `send-${postmanSteps[variable] ?? kebab(variable)}`;
  }
  const variable = [...line.matchAll(/const (\w+) = /g)].at(-1)?.[1];
  if (variable === undefined) return undefined;
  return (language === 'postman' ? postmanSteps[variable] : undefined) ?? kebab(variable);
}

/**
 * A program with a fix in the place of the step that it is for; `undefined` where the program has no such step. What the fix
 * fills in, or takes off, stands in the program before it.
 */
export function withFix(program: Program, made: MadeFix, language: FixLanguage): Program | undefined {
  const code = made.fix[language];
  const lines = (language === 'postman' ? made.fix.postman : made.fix.javascript)?.split('\n') ?? [];
  const [step, ...further] = lines.map((line) => stepOf(line, language));
  if (code === undefined || step === undefined || !program.steps.has(step)) return undefined;
  const steps = prepared(program.steps, made, language);
  steps.set(step, `${code}\n`);
  for (const other of further) if (other !== undefined) steps.set(other, '');
  return { ...program, steps };
}

/** The steps with the placeholder and its variable that the fix speaks of, and with the prefix. */
function prepared(
  steps: Program['steps'],
  { fix, placeholder, prefix }: MadeFix,
  language: FixLanguage,
): Map<string, string> {
  const changed = (change: (text: string) => string): Map<string, string> =>
    new Map([...steps].map(([name, text]) => [name, change(text)]));
  if (prefix !== undefined) return changed((text) => text.replaceAll('base64:', prefix));
  const variable = /(?:encodeURIComponent\(|', )(\w+)\)/.exec(fix.javascript)?.[1];
  const [own] = /\{\{\w+\}\}/.exec([...steps.values()].join('')) ?? [];
  // A script for Postman has its template in the request.
  if (placeholder === undefined || variable === undefined || own === undefined || language === 'postman')
    return changed((text) => text);
  const isSnake = language === 'python' || language === 'ruby' || language === 'bash';
  const inLanguage = (name: string): string =>
    isSnake ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
  const used = new RegExp(`(?<!")\\b${inLanguage(own.slice(2, -2))}\\b`, 'g');
  return changed((text) =>
    text
      .split(own)
      .map((piece) => piece.replace(used, inLanguage(variable)))
      .join(placeholder),
  );
}
