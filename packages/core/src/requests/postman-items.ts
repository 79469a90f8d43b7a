import { jsonMember } from './json-member.ts';
import { ownAuth } from './postman-auth.ts';

/** A script of a collection, and whose it is. */
export interface PostmanScript {
  /** For people: `of the collection`, `of the folder "Calls"`, `of the request`. */
  readonly of: string;
  readonly text: string;
}

/** A request of a collection, with all that stands around it. */
export interface PostmanItem {
  /** Position in the collection, folders opened, from 0. */
  readonly index: number;
  /** With the folders that it is in: `Calls / Play`. */
  readonly name: string;
  readonly request: unknown;
  /** Its saved examples. */
  readonly examples: readonly unknown[];
  /** Its own authorization helper, or the one that it inherits. */
  readonly auth: unknown;
  /** Scripts that run before it, in their order. */
  readonly scripts: readonly PostmanScript[];
  readonly behavior: unknown;
}

interface Around {
  /** The names of the folders, each with ` / ` behind it. */
  readonly folders: string;
  readonly auth: unknown;
  readonly scripts: readonly PostmanScript[];
  readonly behavior: object;
}

/** Every request of a collection, in the order in which Postman's Runner sends them. */
export function postmanItems(collection: unknown): readonly PostmanItem[] {
  const found: PostmanItem[] = [];
  const start: Around = {
    folders: '',
    auth: ownAuth(jsonMember(collection, 'auth')),
    scripts: scriptsOf(collection, 'of the collection'),
    behavior: behaviorOf(collection),
  };
  // A stack, since folders may be as deep as the file is long.
  const waiting: [item: unknown, around: Around][] = entries(collection, start);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [item, around] = next;
    const name = textOf(jsonMember(item, 'name'));
    const auth = ownAuth(jsonMember(item, 'auth')) ?? around.auth;
    const behavior = { ...around.behavior, ...behaviorOf(item) };
    if (Array.isArray(jsonMember(item, 'item'))) {
      const scripts = [...around.scripts, ...scriptsOf(item, `of the folder "${name}"`)];
      waiting.push(...entries(item, { folders: shortened(`${around.folders}${name} / `), auth, scripts, behavior }));
      continue;
    }
    const request = jsonMember(item, 'request');
    found.push({
      index: found.length,
      name: around.folders + name,
      request,
      examples: listOf(jsonMember(item, 'response')),
      auth: ownAuth(jsonMember(request, 'auth')) ?? auth,
      scripts: [...around.scripts, ...scriptsOf(item, 'of the request')],
      behavior,
    });
  }
  return found;
}

/** Names are for people: of many folders the innermost are shown. */
function shortened(folders: string): string {
  return folders.length > mostShown ? `…${folders.slice(-mostShown)}` : folders;
}

const mostShown = 200;

function entries(owner: unknown, around: Around): [unknown, Around][] {
  return listOf(jsonMember(owner, 'item'))
    .map((item): [unknown, Around] => [item, around])
    .toReversed();
}

function scriptsOf(owner: unknown, of: string): readonly PostmanScript[] {
  return listOf(jsonMember(owner, 'event')).flatMap((event) => {
    if (jsonMember(event, 'listen') !== 'prerequest' || jsonMember(event, 'disabled') === true) return [];
    const lines = jsonMember(jsonMember(event, 'script'), 'exec');
    const text = Array.isArray(lines) ? lines.map(textOf).join('\n') : textOf(lines);
    return text.trim() === '' ? [] : [{ of, text }];
  });
}

function behaviorOf(owner: unknown): object {
  const behavior = jsonMember(owner, 'protocolProfileBehavior');
  return typeof behavior === 'object' && behavior !== null ? behavior : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
