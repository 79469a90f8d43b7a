import type { Header, Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { catalog } from '../../packages/core/src/diagnose/catalog.ts';
import { fixLanguages, type Fixes, type FixLanguage } from '../../packages/core/src/diagnose/diagnosis.ts';
import { namelessPlaceholders, type Unresolved } from '../../packages/core/src/diagnose/placeholders/placeholders.ts';
import { readEvidence, type Evidence } from '../../packages/core/src/diagnose/reading/evidence.ts';
import { SearchBudget } from '../../packages/core/src/diagnose/reading/search-budget.ts';
import { classesFor } from '../../packages/core/src/diagnose/search/candidates.ts';
import type { Detail, MistakeClass } from '../../packages/core/src/diagnose/search/mistake-class.ts';

/** A fix that requests of a scheme can get. */
export interface MadeFix {
  readonly fix: Fixes;
  /** Each as `id (kind)`. */
  readonly mistakes: Set<string>;
  /** Of code that fills one in. */
  readonly placeholder?: string;
  /** Of code that takes it off. */
  readonly prefix?: string;
}

/**
 * Every fix that requests of a scheme get: of each class, whatever it does to a request, and what it says of those that
 * lack something. The same code under two remarks is one, and so is the same code for two placeholders that have but
 * other names.
 *
 * @param inPostman where scripts send `Date` and not its sister
 */
export function everyFix(scheme: Scheme, inPostman = false): MadeFix[] {
  const made = new Map<string, MadeFix>();
  for (const { message, isMoved } of slips(scheme, inPostman)) {
    const credential = { keyId: 'Key-7f', secret: 'accesskey=00aa+/==' };
    const options = { variables: { callConnectionId: 'a1b2' } };
    const budget = new SearchBudget(performance.now(), {});
    const evidence = readEvidence(scheme, credential, message, options, budget);
    for (const mistake of classesFor(evidence, catalog)) {
      for (const detail of [
        ...(isMoved ? [...moved(mistake, evidence), ...refused(mistake, evidence)] : []),
        ...seen(mistake, evidence),
      ]) {
        const unresolved = detail.kind === 'unresolved' ? (detail as Unresolved) : undefined;
        if (unresolved && !isSample(unresolved)) continue;
        const placeholder = unresolved?.placeholders[0]?.placeholder;
        const fix = typeof mistake.fixes === 'function' ? mistake.fixes(evidence, detail) : mistake.fixes;
        const code = fixLanguages.map((language) => codeOf(fix, language) ?? '').join('\0');
        const name = `${mistake.id} (${detail.kind})`;
        const known = made.get(code);
        if (known) known.mistakes.add(name);
        else
          made.set(code, {
            fix,
            mistakes: new Set([name]),
            ...(placeholder !== undefined && { placeholder }),
            ...('prefix' in detail && mistake.id === 'key/prefix' && { prefix: String(detail.prefix) }),
          });
      }
    }
  }
  return [...made.values()];
}

/** The fix in a language, without its remarks. */
export function codeOf(fix: Fixes, language: FixLanguage): string | undefined {
  const hash = language === 'python' || language === 'ruby' || language === 'bash' || language === 'powershell';
  return fix[language]?.replace(hash ? / {1,2}# .*$/gm : / \/\/ .*$/gm, '');
}

/** Whether a placeholder has the name that programs have for it: what has another name is filled in alike. */
function isSample(unresolved: Unresolved): boolean {
  const [one, ...others] = unresolved.placeholders;
  if (one === undefined || others.length > 0) return false;
  if (namelessPlaceholders.includes(one.placeholder)) return true;
  return new RegExp(`(?<![A-Za-z]{2}|[_-])${sampleName(unresolved)}(?:%7D|%3E|\\W)*s?$`).test(one.placeholder);
}

function sampleName(unresolved: Unresolved): string {
  if (unresolved.stands !== 'as a value') return unresolved.stands === 'in the body' ? 'number' : 'callConnectionId';
  const { source } = unresolved;
  if (source.from !== 'header') return '';
  return source.header === 'content-type' ? 'contentType' : 'nonce';
}

/** A request with something for every class to move, then the same with one thing wrong. */
function* slips(scheme: Scheme, inPostman: boolean): Generator<{ message: Message; isMoved: boolean }> {
  const date = scheme.date?.headers.at(inPostman ? -1 : 0);
  const list = scheme.signedHeaders?.accepted.find((names) => names.includes(date ?? '')) ?? [];
  const { header, template } = scheme.authorization;
  const declaring = (names: readonly string[]): Header => [
    header,
    template.replace('{signedHeaders}', names.join(';')).replace('{keyId}', 'Key-7f').replace('{signature}', 'AAAA'),
  ];
  const signed = scheme.parts.flatMap(({ source }) => (source.from === 'header' ? [source.header] : []));
  const own: Header[] = [
    ['host', '127.0.0.1:3000'],
    ['content-type', 'application/json'],
    ['content-length', '79'],
    ...(date === undefined ? [] : [[date, 'Tue, 10 Mar 2026 08:15:30 GMT'] as const]),
    ...(scheme.contentHash?.header === undefined ? [] : [[scheme.contentHash.header, 'AAAA'] as const]),
    ...signed.filter((name) => !name.startsWith('content-')).map((name): Header => [name, 'a1b2']),
    ['user-agent', 'curl/8.5.0'],
  ];
  const body = new TextEncoder().encode('{"to":[{"number":"+14255550123"}],"text":"Grüße","none":null,"price":1.50}');
  const target = '/calling/callConnections/a1b2:play?api-version=2023-10-15';
  const headers = [...own, declaring(list)];
  const message = { method: 'POST', target, headers, body };
  yield { message, isMoved: true };
  yield { message: { ...message, target: `/${target}` }, isMoved: true };
  for (const names of [list.toReversed(), list.slice(1), [...list, ...list], list.map((name) => name.toUpperCase())])
    if (list.length > 0) yield { message: { ...message, headers: [...own, declaring(names)] }, isMoved: false };
  for (const [at, [name, value]] of headers.entries()) {
    const others = ['\n', '\r', '\0', '.', ';'].map((end) => headers.with(at, [name, value + end]));
    const repeated = headers.toSpliced(at, 0, [name, `${value} again`]);
    for (const changed of [headers.toSpliced(at, 1), repeated, ...others])
      yield { message: { ...message, headers: changed }, isMoved: false };
  }
}

/** What a class may do to the request. */
function* moved(mistake: MistakeClass, evidence: Evidence): Generator<Detail> {
  const { body, bodyText, layout, credential } = evidence;
  const secret = String(credential.secret);
  for (const slot of layout) for (const { detail } of mistake.values?.(slot, evidence) ?? []) yield detail;
  if (body) for (const { detail } of mistake.bodies?.(body, bodyText, evidence) ?? []) yield detail;
  for (const { detail } of mistake.layouts?.(layout, evidence) ?? []) yield detail;
  for (const { detail } of mistake.keyTexts?.(secret, evidence) ?? []) yield detail;
  for (const { detail } of mistake.keyBytes?.(secret, evidence) ?? []) yield detail;
  for (const { detail } of mistake.constructs?.(evidence) ?? []) yield detail;
}

/** What is said of requests that are signed right and refused, which those here are not. */
function* refused({ id }: MistakeClass, { scheme }: Evidence): Generator<Detail> {
  if (id === 'scheme/form-only') yield { kind: 'no form' };
  if (id !== 'request/refused') return;
  const told = (part: string, code: string): Detail => ({ kind: 'refused', part, code, summary: '' }) as Detail;
  for (const { name } of scheme.parts) yield told(name, 'header/malformed');
  for (const code of ['method/malformed', 'target/malformed', 'authorization/malformed']) yield told('request', code);
}

/** What a class says of a request as it is. */
function* seen(mistake: MistakeClass, evidence: Evidence): Generator<Detail> {
  for (const ask of [mistake.lint, mistake.beforePairs, mistake.inVain]) {
    const found = ask?.(evidence);
    if (found) yield found.detail;
  }
}
