import { withoutEnd } from '../../canonical/trimming.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { ValueMove } from '../search/mistake-class.ts';
import { otherOperations } from './other-operations.ts';
import { pathPrefixes } from './path-prefixes.ts';
import type { TakenPath } from './taken-path.ts';

/** The path of this request, changed in one of the ways in which programs change it, and those of other operations. */
export function* changedPaths(path: string, evidence: Evidence): Generator<ValueMove<TakenPath>> {
  const { provider, host } = evidence;
  const segments = path.split('/').slice(1);
  const slash = path.startsWith('//') ? 'doubled slash sent' : 'leading slash missing';
  yield { detail: { kind: slash }, cost: 1, value: path.replace(/^\//, '') };
  yield { detail: { kind: 'leading slash doubled' }, cost: 1, value: `/${path}` };
  yield { detail: { kind: 'trailing slash added' }, cost: 1, value: `${path}/` };
  yield { detail: { kind: 'trailing slash missing' }, cost: 1, value: withoutEnd(path, '/') };
  yield { detail: { kind: 'doubled slash sent' }, cost: 1, value: path.replace(/\/{2,}/g, '/') };
  for (let count = 1; count < segments.length; count++) {
    yield {
      detail: { kind: 'segments missing', end: 'first', count },
      cost: count === 1 ? 1 : 2,
      value: `/${segments.slice(count).join('/')}`,
    };
    yield {
      detail: { kind: 'segments missing', end: 'last', count },
      cost: count === 1 ? 1 : 2,
      value: `/${segments.slice(0, -count).join('/')}`,
    };
    yield {
      detail: { kind: 'leading segments and slash missing' },
      cost: 3,
      value: segments.slice(count).join('/'),
    };
  }
  for (let at = 1; at < segments.length; at++) {
    yield { detail: { kind: 'segment missing' }, cost: 2, value: `/${segments.toSpliced(at, 1).join('/')}` };
    yield {
      detail: { kind: 'slash doubled' },
      cost: 2,
      value: `/${segments.slice(0, at).join('/')}//${segments.slice(at).join('/')}`,
    };
  }
  yield { detail: { kind: 'root' }, cost: 1, value: '/' };
  yield { detail: { kind: 'lower case' }, cost: 1, value: path.toLowerCase() };
  yield { detail: { kind: 'upper case' }, cost: 3, value: path.toUpperCase() };
  const colon = path.lastIndexOf(':');
  if (colon > path.lastIndexOf('/')) {
    yield { detail: { kind: 'action missing' }, cost: 1, value: path.slice(0, colon) };
    yield {
      detail: { kind: 'action behind slash' },
      cost: 1,
      value: `${path.slice(0, colon)}/${path.slice(colon + 1)}`,
    };
    yield {
      detail: { kind: 'slash before action' },
      cost: 1,
      value: `${path.slice(0, colon)}/${path.slice(colon)}`,
    };
  }
  yield* otherLetters(path);
  yield* numbersOtherwise(segments);
  const tail = segments.at(-1) ?? '';
  if (tail.startsWith(':'))
    yield { detail: { kind: 'slash before action missing' }, cost: 1, value: path.replace(/\/:/, ':') };
  for (const more of ['1', '0', 'id', 'index.html']) {
    yield { detail: { kind: 'segment added' }, cost: 2, value: `${path.replace(/\/$/, '')}/${more}` };
  }
  yield* otherOperations(path, evidence);
  for (const prefix of pathPrefixes) {
    yield { detail: { kind: 'prefix added', prefix }, cost: 2, value: prefix + path };
    if (path.startsWith(`${prefix}/`))
      yield { detail: { kind: 'prefix missing', prefix }, cost: 1, value: path.slice(prefix.length) };
  }
  for (let at = 0; at < segments.length; at++) {
    const version = /^v(\d+)$/.exec(segments[at] ?? '')?.[1];
    if (version === undefined) continue;
    for (const other of ['v1', 'v2', 'v3', `v${Number(version) + 1}`])
      yield { detail: { kind: 'version', version: other }, cost: 2, value: `/${segments.with(at, other).join('/')}` };
  }
  if (host !== undefined) {
    yield { detail: { kind: 'host' }, cost: 2, value: host };
    yield { detail: { kind: 'host before' }, cost: 2, value: `/${host}${path}` };
    yield {
      detail: { kind: 'label before' },
      cost: 3,
      value: `/${host.split('.')[0] ?? ''}${path}`,
    };
  }
  const resolved = resolveDots(path);
  if (resolved !== path) yield { detail: { kind: 'dots resolved' }, cost: 1, value: resolved };
  for (const [name, value] of evidence.variables) {
    if (value.startsWith('/')) yield { detail: { kind: 'variable', name }, cost: 1, value };
  }
  if (provider) return;
  yield {
    detail: { kind: 'singular or plural' },
    cost: 3,
    value: path.endsWith('s') ? path.slice(0, -1) : `${path}s`,
  };
}

/** One word of the path with its first letter in the other case (`:Play` for `:play`), or all of it. */
function* otherLetters(path: string): Generator<ValueMove<TakenPath>> {
  const toggled = (text: string): string => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase());
  for (const { 0: piece, index } of [...path.matchAll(/[^/:]+/g)].toReversed().slice(0, mostSegments)) {
    if (!/[a-z]/i.test(piece)) continue;
    const first = toggled(piece.slice(0, 1)) + piece.slice(1);
    const isAction = path[index - 1] === ':';
    for (const [text, cost] of [
      [first, isAction ? 1 : 2],
      [piece.toLowerCase(), 2],
      [piece.toUpperCase(), 3],
      [first.slice(0, 1) + piece.slice(1).toLowerCase(), 3],
      [acronyms(piece), 3],
    ] as const) {
      if (text !== piece)
        yield {
          detail: { kind: 'letter case', piece },
          cost,
          value: path.slice(0, index) + text + path.slice(index + piece.length),
        };
    }
  }
}

/** `sendDTMFTones` of `sendDtmfTones`, `callID` of `callId`. */
function acronyms(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z][a-z]{1,3}(?=[A-Z]|$)/g, (word) => word.toUpperCase());
}

/** A telephone number in the path by another way to write it. */
function* numbersOtherwise(segments: readonly string[]): Generator<ValueMove<TakenPath>> {
  for (const [at, segment] of segments.entries()) {
    const digits = /^(?:\+|%2B|00)?(\d{7,15})$/i.exec(segment)?.[1];
    if (digits === undefined) continue;
    for (const written of [digits, `+${digits}`, `00${digits}`]) {
      if (written !== segment)
        yield { detail: { kind: 'number', written }, cost: 2, value: `/${segments.with(at, written).join('/')}` };
    }
  }
}

const mostSegments = 12;

function resolveDots(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return kept.join('/');
}
