import { CountersignError } from '../errors.ts';
import { answeredAt } from './answer-head.ts';
import { inputError } from './input-error.ts';
import { decodedByteText } from './byte-text.ts';
import { titleOf, type FoundRequest, type RequestForm } from './found-request.ts';
import { jsonFault } from './json-fault.ts';
import { jsonMember } from './json-member.ts';
import { isNewmanReport } from './newman-report.ts';
import { postmanItems, type PostmanItem, type PostmanScript } from './postman-items.ts';
import { builtRequest } from './postman-request.ts';
import { fillFrom, variablesOf, type Fill } from './postman-variables.ts';
import type { Header } from '../message.ts';

/** A Postman collection of version 2.0 or 2.1. */
export interface PostmanCollection {
  readonly name: string;
  readonly version: '2.0' | '2.1';
  readonly items: readonly PostmanItem[];
  readonly variables: ReadonlyMap<string, string>;
  /** The JSON itself. */
  readonly json: object;
}

/**
 * A Postman collection, as it is exported: its requests before any script has run, and the examples that are saved with them.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export const postmanCollection: RequestForm = {
  id: 'postman-collection',
  recognizes: (text) =>
    /^\s*\{/.test(text) &&
    !isNewmanReport(text) &&
    (/"https?:\/\/schema\.(?:get)?postman\.com\/(?:json\/)?collection/.test(text) ||
      (/"info"\s*:\s*\{/.test(text) && /"item"\s*:\s*\[/.test(text))),
  read(text, { variables }) {
    const collection = readCollection(decodedByteText(text));
    const given = new Map([...variables].map(([name, value]) => [name, decodedByteText(value)]));
    const found = collection.items.flatMap((item) => foundInItem(item, [given, collection.variables]));
    if (found.length === 0)
      throw inputError('input/collection', `the text is a Postman collection ("${collection.name}") without a request`);
    return found;
  },
};

/**
 * Reads a collection; `undefined` for a text that is none.
 *
 * @throws CountersignError `input/collection` of a version that is not read; `input/json` where it is cut off or damaged
 */
export function collectionIn(text: string): PostmanCollection | undefined {
  return postmanCollection.recognizes(text) ? readCollection(text) : undefined;
}

function readCollection(text: string): PostmanCollection {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw inputError('input/json', `the text is a Postman collection that cannot be read: ${jsonFault(text, error)}`);
  }
  // As Postman's API gives it.
  const json = jsonMember(value, 'collection') ?? value;
  const info = jsonMember(json, 'info');
  const schema = jsonMember(info, 'schema');
  const version = typeof schema === 'string' ? /\/v?(\d+\.\d+)/.exec(schema)?.[1] : '2.1';
  if (version !== '2.0' && version !== '2.1') {
    throw inputError(
      'input/collection',
      `the text is a Postman collection of version ${version ?? 'unknown'}; bring it exported as Collection v2.1`,
    );
  }
  if (!Array.isArray(jsonMember(json, 'item')))
    throw inputError('input/collection', 'the text is a Postman collection without its list of requests ("item")');
  const name = jsonMember(info, 'name');
  return {
    name: typeof name === 'string' ? name : '',
    version,
    items: postmanItems(json),
    variables: variablesOf(jsonMember(json, 'variable')),
    json: json as object,
  };
}

/** A request as it stands in the collection, then its examples. */
function foundInItem(item: PostmanItem, scopes: readonly ReadonlyMap<string, string>[]): FoundRequest[] {
  const own = foundAs(item, item.request, item.name, scopes, { auth: item.auth, scripts: item.scripts });
  const examples = item.examples.flatMap((example) => {
    const name = jsonMember(example, 'name');
    const status = jsonMember(example, 'code');
    const title = `${item.name}, example "${typeof name === 'string' ? name : ''}"`;
    const request = jsonMember(example, 'originalRequest');
    return foundAs(item, request, title, scopes, {
      ...(typeof status === 'number' && { status }),
      answer: answerHeaders(jsonMember(example, 'header')),
    });
  });
  return [...own, ...examples];
}

interface Kind {
  readonly auth?: unknown;
  readonly scripts?: readonly PostmanScript[];
  readonly status?: number;
  readonly answer?: readonly Header[];
}

function foundAs(
  { index, behavior }: PostmanItem,
  request: unknown,
  name: string,
  scopes: readonly ReadonlyMap<string, string>[],
  { auth, scripts = [], status, answer = [] }: Kind,
): FoundRequest[] {
  const unresolved = new Set<string>();
  const fill: Fill = fillFrom(scopes, unresolved);
  try {
    const built = builtRequest(request, auth, behavior, fill);
    if (!built) return [];
    const { message, url, unknown } = built;
    return [
      {
        message,
        notes: [],
        form: 'postman-collection',
        title: name === '' ? titleOf(message, status) : `${name}: ${titleOf(message, status)}`,
        entry: { index, url, name, ...(status !== undefined && { status }) },
        ...(unresolved.size > 0 && { unresolved: [...unresolved] }),
        ...(unknown.length > 0 && { unknown }),
        ...(scripts.length > 0 && { scripts }),
        ...answeredAt(answer),
      },
    ];
  } catch (error) {
    if (!(error instanceof CountersignError) || !error.code.startsWith('input/')) throw error;
    throw inputError('input/collection', `in the request "${name}": ${error.message}`);
  }
}

function answerHeaders(list: unknown): readonly Header[] {
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((one): Header[] => {
    const [key, value] = [jsonMember(one, 'key'), jsonMember(one, 'value')];
    return typeof key === 'string' && typeof value === 'string' ? [[key, value]] : [];
  });
}
