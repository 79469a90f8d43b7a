import { programNames } from '../../providers/program-names.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import type { ValueMove } from '../search/mistake-class.ts';
import { encodeComponent } from '../text/percent-encoding.ts';
import { nicknames, spellings } from './name-grammar.ts';
import { memberNames, qualifiedNames } from './qualified-names.ts';
import { namesByValue } from './value-names.ts';
import {
  endpointNames,
  namelessPlaceholders,
  rareSyntaxes,
  syntaxes,
  unresolved,
  usualNames,
  variableNames,
  type Syntax,
  type Unresolved,
} from './placeholders.ts';
import { splitTarget, targetValue } from '../text/target-text.ts';

/** A piece of the target that a variable may have stood for. */
interface Hole {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** Names the piece has in the API's own documentation or among the user's variables: likely ones. */
  readonly known: readonly string[];
  /** What it is called in the API: the parameter's name, from which people make theirs. */
  readonly called: readonly string[];
}

/** The target with placeholders put back for its segments and query values, one or several, and for the endpoint before it. */
export function* targetPlaceholders(slot: Slot, evidence: Evidence): Generator<ValueMove<Unresolved>> {
  const value = targetValue(slot) ?? '';
  if (!value.startsWith('/')) return;
  const holes = targetHoles(value, evidence);
  const likely = holes.filter(({ known }) => known.length > 0);
  for (const { write, cost } of syntaxes) {
    for (const hole of likely) {
      for (const [index, name] of hole.known.entries()) {
        yield fill(value, [[hole, write(name)]], (index < 10 ? 1 : 2) + cost);
      }
    }
  }
  for (const { write, cost } of syntaxes) {
    yield* combined(value, likely, write, cost);
    yield* withEndpoint(value, likely, write, cost, evidence);
  }
  for (const { write } of syntaxes.slice(0, commonSyntaxes)) {
    for (const hole of likely) {
      for (const name of hole.called.flatMap(nicknames)) yield fill(value, [[hole, write(name)]], 3);
    }
  }
  for (const { write, cost } of syntaxes) {
    for (const hole of holes) {
      for (const name of usualNames) {
        if (!hole.known.includes(name)) yield fill(value, [[hole, write(name)]], 3 + cost);
      }
    }
  }
  for (const { write } of syntaxes.slice(0, commonSyntaxes)) {
    for (const hole of likely) {
      for (const name of fieldNames(evidence)) yield fill(value, [[hole, write(name)]], 5);
    }
  }
  for (const { write } of syntaxes.slice(0, commonSyntaxes)) {
    for (const hole of likely) {
      for (const name of namesByValue(decodedName(hole.value)).flatMap(spellings))
        yield fill(value, [[hole, write(name)]], 5);
    }
  }
  for (const write of rareSyntaxes) {
    for (const hole of likely) for (const name of hole.known) yield fill(value, [[hole, write(name)]], 5);
  }
  for (const hole of holes) {
    for (const placeholder of namelessPlaceholders) yield fill(value, [[hole, placeholder]], 5);
  }
  yield* rarePlaceholders(value, likely, evidence);
}

/** The marks that people use most: double braces, a colon, a dollar and braces, braces, angle brackets. */
const commonSyntaxes = 5;
/** Tried alone, after usual pairs. */
const rareCost = 8;

/** Names of other fields of the API. */
function fieldNames({ provider }: Evidence): string[] {
  return (provider?.fields ?? []).flatMap(spellings);
}

/** Rare names in rare marks, and two placeholders of which one has a rare name. */
function* rarePlaceholders(
  value: string,
  likely: readonly Hole[],
  evidence: Evidence,
): Generator<ValueMove<Unresolved>> {
  for (const { write } of syntaxes.slice(0, commonSyntaxes)) {
    for (const hole of likely) {
      const names = [...hole.called, 'callId'];
      for (const name of new Set([...names.flatMap(qualifiedNames), ...[...names, 'id'].flatMap(memberNames)]))
        yield fill(value, [[hole, write(name)]], rareCost);
    }
    for (const name of otherEndpointNames) yield withPrefix(value, write(name));
  }
  for (const write of rareSyntaxes) {
    for (const hole of likely) {
      for (const name of namesByValue(decodedName(hole.value))) yield fill(value, [[hole, write(name)]], rareCost);
    }
  }
  for (const write of [...syntaxes.slice(commonSyntaxes).map((syntax) => syntax.write), ...rareSyntaxes]) {
    for (const hole of likely) {
      for (const name of [...hole.called.flatMap(nicknames), ...fieldNames(evidence)])
        yield fill(value, [[hole, write(name)]], rareCost);
    }
  }
  for (const { write } of syntaxes.slice(0, 1)) {
    for (const first of likely) {
      for (const second of likely) {
        if (first === second || overlap([first, second])) continue;
        for (const one of first.called.flatMap(nicknames)) {
          for (const other of [...second.known, ...second.called.flatMap(nicknames)])
            yield fill(
              value,
              [
                [first, write(one)],
                [second, write(other)],
              ],
              rareCost,
            );
        }
      }
      for (const endpoint of ['endpoint', 'baseUrl', 'base_url', 'host', ...programNames.usualEndpoints, 'url']) {
        const prefix = write(endpoint);
        for (const name of first.called.flatMap(nicknames)) {
          const filled = fill(value, [[first, write(name)]], rareCost, prefix);
          yield { ...filled, value: prefix + String(filled.value) };
        }
      }
    }
  }
}

/** Names of the endpoint's variable in the letter cases of other languages. */
const otherEndpointNames = endpointNames.flatMap(spellings).filter((name) => !endpointNames.includes(name));

function withPrefix(value: string, prefix: string): ValueMove<Unresolved> {
  return {
    detail: unresolved([{ placeholder: prefix }], 'in the target'),
    cost: rareCost,
    value: prefix + value,
  };
}

/** Several placeholders at once, each by its first names: a URL that no one resolved has all of them. */
function* combined(
  value: string,
  holes: readonly Hole[],
  write: Syntax,
  cost: number,
): Generator<ValueMove<Unresolved>> {
  const considered = holes.slice(0, 6);
  for (let mask = 1; mask < 1 << considered.length; mask++) {
    const chosen = considered.filter((_, index) => mask & (1 << index));
    if (chosen.length < 2 || overlap(chosen)) continue;
    for (const names of namings(chosen))
      yield fill(
        value,
        chosen.map((hole, index) => [hole, write(names[index] ?? '')] as const),
        1 + cost,
      );
  }
}

function* namings(holes: readonly Hole[]): Generator<readonly string[]> {
  yield holes.map(({ known }) => known[0] ?? '');
  for (const [index, hole] of holes.entries()) {
    for (const other of hole.known.slice(1, 5))
      yield holes.map(({ known }, at) => (at === index ? other : (known[0] ?? '')));
  }
}

/** `{{endpoint}}/path`, alone and with the placeholders inside the path. */
function* withEndpoint(
  value: string,
  holes: readonly Hole[],
  write: Syntax,
  cost: number,
  { variables, host }: Evidence,
): Generator<ValueMove<Unresolved>> {
  const several = apart(holes);
  const pointing = [...variables].filter(([, text]) => host !== undefined && text.includes(host)).map(([name]) => name);
  for (const name of new Set([...pointing, ...endpointNames])) {
    const likely = pointing.includes(name) || name === 'endpoint' || name === 'baseUrl' ? 1 : 2;
    for (const before of ['', 'https://', 'http://']) {
      const prefix = before + write(name);
      const prefixed = (move: ValueMove<Unresolved>, more: number): ValueMove<Unresolved> => ({
        ...move,
        cost: likely + cost + more + (before === '' ? 0 : 1),
        value: prefix + String(move.value),
      });
      const detail = unresolved([{ placeholder: prefix }], 'in the target');
      yield prefixed({ detail, cost: 0, value }, 0);
      if (!name.toLowerCase().endsWith('url') && name !== 'endpoint') continue;
      yield prefixed({ detail, cost: 0, value: `/${value}` }, 1);
      for (const hole of holes) {
        for (const known of hole.known.slice(0, 3)) yield prefixed(fill(value, [[hole, write(known)]], 0, prefix), 0);
      }
      if (several.length > 1) {
        for (const names of namings(several))
          yield prefixed(
            fill(
              value,
              several.map((hole, index) => [hole, write(names[index] ?? '')] as const),
              0,
              prefix,
            ),
            0,
          );
      }
    }
  }
}

/** Those that stand beside each other, the first of any that overlap. */
function apart(holes: readonly Hole[]): Hole[] {
  const chosen: Hole[] = [];
  for (const hole of holes) if (!overlap([...chosen, hole])) chosen.push(hole);
  return chosen;
}

function overlap(holes: readonly Hole[]): boolean {
  const ordered = holes.toSorted((left, right) => left.start - right.start);
  return ordered.some(({ start }, at) => at > 0 && start < (ordered[at - 1] as Hole).end);
}

function fill(
  value: string,
  placeholders: readonly (readonly [Hole, string])[],
  cost: number,
  prefix?: string,
): ValueMove<Unresolved> {
  let text = '';
  let from = 0;
  for (const [hole, placeholder] of placeholders.toSorted(([left], [right]) => left.start - right.start)) {
    text += value.slice(from, hole.start) + placeholder;
    from = hole.end;
  }
  text += value.slice(from);
  const signed = placeholders.map(([hole, placeholder]) => ({ placeholder, value: hole.value }));
  const detail = unresolved(prefix === undefined ? signed : [{ placeholder: prefix }, ...signed], 'in the target');
  return { detail, cost, value: text };
}

/** Path segments (and what a colon divides them into) and query values. */
function targetHoles(value: string, evidence: Evidence): Hole[] {
  const { path, query } = splitTarget(value);
  const holes: Hole[] = [];
  const places = new Set<string>();
  const add = (start: number, end: number, names: readonly string[]): void => {
    const piece = value.slice(start, end);
    const place = `${start}-${end}`;
    if (piece === '' || places.has(place)) return;
    places.add(place);
    const own = variableNames(piece, evidence);
    const isNameless = own.length + names.length === 0;
    const called =
      isNameless && looksLikeId(piece)
        ? parameterNames(evidence)
        : [...names, ...names.flatMap((name) => otherNames(name, value.slice(0, start), evidence))];
    const known = new Set([...own, ...(isNameless ? called : called.flatMap(spellings))]);
    holes.push({ start, end, value: piece, known: [...known], called });
  };
  let from = 0;
  for (const { name, value: piece } of evidence.route?.parameters ?? []) {
    const at = path.indexOf(piece, from);
    if (at < 0) continue;
    add(at, at + piece.length, [name]);
    from = at + piece.length;
  }
  let at = 1;
  for (const segment of path.slice(1).split('/')) {
    const colon = segment.lastIndexOf(':');
    if (colon > 0) add(at, at + colon, []);
    add(at, at + segment.length, []);
    if (colon >= 0) add(at + colon + 1, at + segment.length, []);
    at += segment.length + 1;
  }
  if (query !== undefined) {
    at = path.length + 1;
    for (const parameter of query.split('&')) {
      const equals = parameter.indexOf('=');
      if (equals >= 0) add(at + equals + 1, at + parameter.length, [decodedName(parameter.slice(0, equals))]);
      at += parameter.length + 1;
    }
  }
  for (const [name, text] of evidence.variables) {
    for (const spelled of new Set([text, encodeComponent(text)])) {
      const found = spelled === '' ? -1 : value.indexOf(spelled);
      if (found >= 0) add(found, found + spelled.length, [name]);
    }
  }
  return holes;
}

/** A parameter as a field of the API spells it, and by the collection that it is one of: `verificationId` of `/verifications/id/`. */
function otherNames(name: string, before: string, { provider }: Evidence): string[] {
  const field = provider?.fields?.find(
    (other) => other !== name && other.replaceAll('-', '').toLowerCase() === name.replaceAll('-', '').toLowerCase(),
  );
  const [, collection] = /\/([a-zA-Z]{3,}?)s\/(?:(?:id|number)\/)?$/.exec(before) ?? [];
  const own = collection === undefined ? [] : [`${collection}Id`, `${collection}Name`];
  return [...(field === undefined ? [] : [field]), ...own.filter((other) => other !== name)];
}

/** An identifier or a number: the usual content of a variable. */
function looksLikeId(piece: string): boolean {
  return /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{8,}|(?:\+|%2B)?\d{4,}|(?=.*\d)[\w-]{16,})$/i.test(piece);
}

/** Every parameter name of the provider's API. */
function parameterNames({ provider }: Evidence): string[] {
  const templates = provider?.routes.join('') ?? '';
  return [...new Set([...templates.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))];
}

function decodedName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
