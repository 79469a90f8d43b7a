import { headerValue, message, type Message } from '@countersign/core/message';
import type { FixLanguage } from '@countersign/core/diagnose';
import type { Scheme } from '@countersign/core/scheme';
import { concatenation, type Piece } from '../../packages/core/src/diagnose/fixes/concatenation.ts';
import { variableFor } from '../../packages/core/src/diagnose/fixes/headers.ts';
import { assigned, nameIn } from '../../packages/core/src/diagnose/fixes/statement.ts';
import { rowOf } from '../../packages/core/src/parts/sources.ts';
import type { SigningSteps } from '../../packages/core/src/programs/kit/program-language.ts';
import { languages } from '../../packages/core/src/programs/languages/catalog.ts';
import { constantPart } from '../../packages/core/src/programs/request-parts.ts';
import type { ProgramRequest } from '../../packages/core/src/programs/request-lines.ts';
import { signingSteps } from '../../packages/core/src/programs/signing-steps.ts';
import type { MadeFix } from './every-fix.ts';
import { samplesOf } from './program-samples.ts';
import type { RunProgram } from './run-programs.ts';

/** What a line of a fix gives its value: a variable, or a header that is sent. */
type Given = { readonly variable: string } | { readonly header: string };

/**
 * The first generated program of a scheme that has a place for a fix, with the fix there; `undefined` where none has.
 *
 * @param origin the server that it sends its request to
 */
export function generatedWith(
  language: FixLanguage,
  scheme: Scheme,
  made: MadeFix,
  { name, origin }: { readonly name: string; readonly origin: string },
): RunProgram | undefined {
  for (const { method, target, headers, body } of samplesOf(scheme, false)) {
    const url = origin + target;
    const sent = [...headers, ['x-case', name] as const];
    const own = message({ method, url, headers: sent, body }) as Message & { readonly body: Uint8Array };
    const request = { url, message: own };
    const steps = withFix(language, scheme, request, made);
    if (steps) return { name, text: languages[language].signing(steps), request: { method, url, headers: sent, body } };
  }
  return undefined;
}

interface Rooms {
  readonly request: string[];
  readonly lines: string[];
  readonly headers: string[];
}

/** The steps of a program with a fix in the place of those that give what it gives. */
function withFix(
  language: FixLanguage,
  scheme: Scheme,
  request: ProgramRequest,
  made: MadeFix,
): SigningSteps | undefined {
  const code = made.fix[language]?.split('\n');
  const givens = (made.fix.javascript ?? '').split('\n').map(givenBy);
  if (!code) return undefined;
  const steps = signingSteps(language, scheme, request);
  const rooms = { request: [...steps.request], lines: [...steps.lines], headers: [...steps.headers] };
  // A receiver asks it before all else, and so can whoever signs.
  if (givens.some((given) => given && 'variable' in given && given.variable === 'isForm')) {
    const type = headerValue(request.message.headers, 'content-type') ?? '';
    const value = assigned('contentType', 'text', concatenation([{ text: type }]))[language];
    rooms.lines.unshift([value, ...code, unlessForm[language] ?? ''].join('\n'));
    return { ...steps, ...rooms };
  }
  const said = prelude(language, scheme, request, made, rooms);
  // What sends a header is one line in every language.
  const rest = givens
    .slice(1)
    .map(() => code.pop() ?? '')
    .toReversed();
  for (const [at, given] of givens.entries()) {
    const place = given && placeOf(language, rooms, given);
    if (!place) return undefined;
    const { room, index } = place;
    room[index] = at === 0 ? [...said, ...code].join('\n') : (rest[at - 1] ?? '');
  }
  return { ...steps, ...rooms };
}

/** What ends a program that is asked to send something else than a form; in a shell the fix does so itself. */
const unlessForm: Readonly<Partial<Record<FixLanguage, string>>> = {
  javascript: 'if (!isForm) process.exit(1);',
  python: 'if not is_form: raise SystemExit(1)',
  java: 'if (!isForm) System.exit(1);',
  php: 'if (!$isForm) exit(1);',
  go: 'if !isForm {\n\tos.Exit(1)\n}',
  ruby: 'exit 1 unless is_form',
  postman: "if (!isForm) throw new Error('no form');",
};

/** What a line of JavaScript gives its value. */
function givenBy(line: string): Given | undefined {
  const [, header] = /^headers\['([^']+)'\] = /.exec(line) ?? [];
  if (header !== undefined) return { header: header.toLowerCase() };
  const variable = [...line.matchAll(/const (\w+) = /g)].at(-1)?.[1];
  return variable === undefined ? undefined : { variable };
}

/** Where a program gives it its value. */
function placeOf(language: FixLanguage, rooms: Rooms, given: Given): { room: string[]; index: number } | undefined {
  const fits =
    'header' in given
      ? (text: string): boolean => new RegExp(`['"]${given.header}(?:: )?['"]`, 'i').test(text)
      : (text: string): boolean => giving(language, given.variable).test(text);
  for (const room of 'header' in given ? [rooms.headers] : [rooms.lines, rooms.request]) {
    const index = room.findIndex(fits);
    if (index >= 0) return { room, index };
  }
  return undefined;
}

/** A statement that gives a variable its value. */
function giving(language: FixLanguage, variable: string): RegExp {
  const name = nameIn(language, variable).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:^|[;\\s])(?:const |var |String |byte\\[\\] )?${name}(?:, \\w+)? ?:?=(?!=)`);
}

/** What a fix takes for given and a program has not: a template to fill in, or a part that the program writes in place. */
function prelude(
  language: FixLanguage,
  scheme: Scheme,
  request: ProgramRequest,
  made: MadeFix,
  { request: first, lines }: Rooms,
): string[] {
  const said = (variable: string, pieces: readonly Piece[]): string =>
    assigned(variable, 'text', concatenation(pieces))[language];
  const { javascript } = made.fix;
  const [, own = ''] = /^const (\w+) = (?:template|text)\b/.exec(javascript) ?? [];
  if (own !== '') {
    const value = request.message.headers.find(([name]) => variableFor(name.toLowerCase()) === own)?.[1] ?? '';
    if (made.placeholder === undefined) return [said('text', [{ text: value }])];
    const [, variable = ''] = /(?:encodeURIComponent\(|', )(\w+)\)/.exec(javascript) ?? [];
    return [said('template', [{ text: made.placeholder }]), said(variable, [{ text: value }])];
  }
  if (!javascript.startsWith('const stringToSign')) return [];
  return scheme.parts.flatMap((part) => {
    const variable = variableFor(rowOf(part.source).variable?.(part.source) ?? part.source.from);
    const isSaid = [...first, ...lines].some((line) => giving(language, variable).test(line));
    if (isSaid || !new RegExp(`\\{${variable}\\}`).test(javascript)) return [];
    const isForm = part.source.from === 'parameters' && lines.some((line) => giving(language, 'form').test(line));
    const other = part.source.from === 'url-with-hash' ? 'url' : isForm ? 'form' : undefined;
    return [said(variable, other === undefined ? constantPart(scheme, part, request) : [{ variable: other }])];
  });
}
