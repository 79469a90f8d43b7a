import type { Evidence } from '../reading/evidence.ts';
import type { ValueMove } from '../search/mistake-class.ts';
import { isContainer, jsonNodes } from '../text/json-text.ts';
import type { TakenPath } from './taken-path.ts';

/** Paths that were taken from elsewhere: from the provider's documentation, or from another operation of its API. */
export function* otherOperations(path: string, evidence: Evidence): Generator<ValueMove<TakenPath>> {
  yield* documented(evidence);
  yield* otherRoutes(path, evidence);
}

/** Paths that the provider's documentation signed at some time, also with the user's own numbers in them. */
function* documented({ provider, variables, bodyJson }: Evidence): Generator<ValueMove<TakenPath>> {
  const own = new Map<string, string>();
  for (const [name, value] of variables) own.set(value, `the value of ${name}`);
  const root = bodyJson();
  if (root) {
    for (const { node, path } of jsonNodes(root)) {
      if (!isContainer(node) && node.kind === 'string' && /^\+?\d{5,}$/.test(node.text))
        own.set(node.text, `the body’s ${path}`);
    }
  }
  for (const { path, source } of provider?.documentedPaths ?? []) {
    yield { detail: { kind: 'documented', source }, cost: 1, value: path };
    const number = /^(.*\/)(\+?\d{5,}|[\w]+ParamValue)$/.exec(path);
    if (!number) continue;
    for (const [value, whose] of own) {
      const digits = value.replace(/^\+/, '');
      const spellings = /^\d{5,}$/.test(digits) ? [value, `+${digits}`, digits, `%2B${digits}`] : [value];
      for (const spelling of new Set(spellings)) {
        yield {
          detail: { kind: 'documented', source, whose },
          cost: 1,
          value: (number[1] ?? '') + spelling,
        };
      }
    }
  }
}

/** Other operations of the API: a script copied from one request to the next. */
function* otherRoutes(path: string, { provider, route, variables }: Evidence): Generator<ValueMove<TakenPath>> {
  const known = new Map(route?.parameters.map(({ name, value }) => [name, value]));
  for (const [name, value] of variables) known.set(name, value);
  const values = [...new Set(route?.parameters.map(({ value }) => value))];
  for (const template of provider?.routes ?? []) {
    const missing = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const detail: TakenPath =
      template === route?.template
        ? { kind: 'your value', names: missing.filter((name) => variables.has(name)) }
        : { kind: 'other operation' };
    let filled: string | undefined = template;
    for (const name of missing) {
      const value = known.get(name) ?? (missing.length === 1 ? values[0] : undefined);
      filled = value === undefined ? undefined : filled?.replace(`{${name}}`, value);
    }
    if (filled !== undefined && filled !== path)
      yield { detail, cost: detail.kind === 'your value' ? 1 : 2, value: filled };
  }
}
