import type { PostmanCollection } from '@countersign/core/requests/postman-collection';
import { writtenUrl } from '@countersign/core/requests/postman-url';
import type { PostmanVariable } from './runner/run-messages.ts';

/** A collection in which every variable of its paths, queries and bodies has a value. */
export interface StandIns {
  readonly collection: object;
  readonly environment: readonly PostmanVariable[];
  /** The values that were made up, by name. */
  readonly values: Readonly<Record<string, string>>;
}

const token = /\{\{([\w.-]{1,60})\}\}/g;

/**
 * Gives a value to variables that have none: Postman exports their initial values, and not those that somebody has put in.
 * Which value it is matters to no signature, as long as what is signed and what is sent have the same. A script that sets the
 * variable sets it all the same. That of a host is left open: it decides where a request goes.
 *
 * @param known values of all variables, by the scope that counts most
 */
export function withStandIns(
  { json, items }: PostmanCollection,
  environment: readonly PostmanVariable[],
  known: Readonly<Record<string, string>>,
): StandIns {
  const names = new Set(items.flatMap(({ request }) => namesIn(request)));
  const open = [...names].filter((name) => !Object.hasOwn(known, name) || known[name] === '');
  const values = Object.fromEntries(open.map((name) => [name, `example-${name}`]));
  const { variable } = json as { variable?: unknown };
  const others = (Array.isArray(variable) ? (variable as unknown[]) : []).filter((one) => {
    const { key, id } = (one ?? {}) as { key?: unknown; id?: unknown };
    return !Object.hasOwn(values, String(key ?? id));
  });
  return {
    collection: {
      ...json,
      variable: [...others, ...Object.entries(values).map(([key, value]) => ({ key, value }))],
    },
    environment: environment.filter(({ key }) => !Object.hasOwn(values, key)),
    values,
  };
}

/** The variables of a request's path and query, by which it is told which of them are open. */
export function namesInPath(request: unknown): string[] {
  const { url } = (typeof request === 'string' ? { url: request } : (request ?? {})) as { url?: unknown };
  const behindHost = writtenUrl(url).replace(/^(?:[^/?#]*:\/\/)?[^/?#]*/, '');
  return Array.from(behindHost.matchAll(token), ([, name = '']) => name);
}

function namesIn(request: unknown): string[] {
  const { body } = (typeof request === 'object' ? (request ?? {}) : {}) as { body?: unknown };
  const inBody = Array.from((JSON.stringify(body) ?? '').matchAll(token), ([, name = '']) => name);
  return [...namesInPath(request), ...inBody];
}
