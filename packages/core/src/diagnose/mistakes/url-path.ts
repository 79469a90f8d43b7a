import { targetFixes } from '../fixes/target.ts';
import { assigned } from '../fixes/statement.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import type { Evidence } from '../reading/evidence.ts';
import { publicAddresses } from '../reading/public-addresses.ts';
import type { Slot } from '../reading/layout.ts';
import { likeliestFirst } from '../search/cheapest-first.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import type { Fixes } from '../diagnosis.ts';
import { brief } from '../text/brief.ts';
import { joinTarget, splitTarget, targetValue, type TargetText } from '../text/target-text.ts';
import { withoutEnd } from '../../canonical/trimming.ts';
import { changedPaths } from '../paths/changed-path.ts';
import { takenPathInWords, type TakenPath } from '../paths/taken-path.ts';

/** Another path than the one that was requested. */
export const urlPath: MistakeClass<TakenPath | Departure> = {
  id: 'url/path',
  rank: 200,
  needs: 'target',
  values: (slot, evidence) => likeliestFirst(slot, paths(slot, evidence)),
  speaksOf: (find) => (find.kind === 'departure' && find.subject === 'target' ? find : undefined),
  say: (detail, { yours, expected }) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    return detail.kind === 'doubled slash sent'
      ? `The request was sent to ${brief(expected)}, and you signed ${brief(yours)}: the URL was put together with one slash too many.`
      : `You signed ${brief(yours)} (${takenPathInWords(detail)}); the request was sent to ${brief(expected)}.`;
  },
  what: (detail) =>
    detail.kind === 'departure' || detail.kind === 'doubled slash sent' ? undefined : takenPathInWords(detail),
  fixes: ({ scheme }, { kind }) =>
    kind === 'doubled slash sent' ? urlFixes : targetFixes(scheme, 'of the request that is sent'),
};

/** The endpoints of connection strings end in a slash. */
const urlFixes: Fixes = assigned(
  'url',
  'text',
  {
    javascript: "endpoint.replace(/\\/+$/, '') + path",
    python: "endpoint.rstrip('/') + path",
    csharp: "endpoint.TrimEnd('/') + path",
    java: 'endpoint.replaceAll("/+$", "") + path',
    php: "rtrim($endpoint, '/') . $path",
    go: 'strings.TrimRight(endpoint, "/") + path',
    ruby: "endpoint.sub(%r{/+\\z}, '') + path",
    bash: '${endpoint%/}$path',
    powershell: "$endpoint.TrimEnd('/') + $path",
    postman: { line: "pm.variables.set('endpoint', pm.variables.get('endpoint').replace(/\\/+$/, ''));" },
  },
  'the path begins with its own slash',
);

function* paths(slot: Slot, evidence: Evidence): Generator<ValueMove<TakenPath>> {
  const value = targetValue(slot);
  if (value === undefined) return;
  const { path, query } = splitTarget(value);
  const own = joinTarget({ path, query });
  yield* publicTargets({ path, query }, evidence);
  yield* forwardedTargets({ path, query }, evidence);
  for (const move of changedPaths(path, evidence)) {
    const text = joinTarget({ path: String(move.value), query });
    if (text !== own) yield { ...move, value: text };
    // A path that was taken from elsewhere came without this request's query.
    if (query !== undefined && (move.detail.kind === 'documented' || move.detail.kind === 'other operation'))
      yield { ...move, cost: move.cost + 1, value: move.value };
  }
  if (query !== undefined) {
    yield { detail: { kind: 'slash before query' }, cost: 1, value: `${path}/?${query}` };
    yield { detail: { kind: 'query' }, cost: 2, value: `?${query}` };
    yield { detail: { kind: 'query' }, cost: 2, value: query };
  }
  yield { detail: { kind: 'fragment' }, cost: 3, value: `${value}#` };
}

/** The path under which the receiver is known from outside: the public URL's own, or this one after it. */
function* publicTargets({ path, query }: TargetText, { options }: Evidence): Generator<ValueMove<TakenPath>> {
  for (const { url, target } of publicAddresses(options)) {
    const detail = { kind: 'public URL', url } as const;
    const known = splitTarget(target);
    const behind = withoutEnd(known.path, '/') + path;
    for (const one of new Set([known.path, withoutEnd(known.path, '/'), behind]))
      yield { detail, cost: 1, value: joinTarget({ path: one, query }) };
    if (known.query !== undefined) yield { detail, cost: 1, value: target };
  }
}

/** The target that came to the proxy, as its headers say: whole, or what was cut off its beginning. */
function* forwardedTargets({ path, query }: TargetText, { forwarded }: Evidence): Generator<ValueMove<TakenPath>> {
  for (const { header, text } of forwarded.targets) {
    const known = splitTarget(text);
    const detail = { kind: 'forwarded', header, text } as const;
    yield { detail, cost: 1, value: joinTarget({ path: known.path, query }) };
    if (known.query !== undefined) yield { detail, cost: 1, value: text };
  }
  for (const { header, text } of forwarded.prefixes) {
    const detail = { kind: 'forwarded prefix', header, text } as const;
    yield { detail, cost: 1, value: joinTarget({ path: text + path, query }) };
  }
}
