import { percentByte } from '../canonical/byte-encoding.ts';
import { encodeText } from './bytes.ts';
import { jsonMember } from './json-member.ts';
import type { Fill } from './postman-variables.ts';

/** A URL as Postman sends it. */
export interface PostmanUrl {
  /** `https://contoso.example:8080`, without a user's name. */
  readonly origin: string;
  /** As in the Host header. */
  readonly host: string;
  readonly target: string;
  /** Of `user:password@`. */
  readonly userInfo: string | undefined;
}

// What is encoded besides control characters and all that is no ASCII; a `%` never is.
const ofPath = ' "<>`#?{}';
const ofQuery = ' "#\'<>';

/** Encodes as Postman does, which is neither `encodeURI` nor what `URL` does. */
export function encodeForPostman(text: string, where: 'path' | 'query'): string {
  const special = where === 'path' ? ofPath : ofQuery;
  let encoded = '';
  for (const byte of encodeText(text)) {
    const character = String.fromCharCode(byte);
    encoded += byte < 0x20 || byte > 0x7e || special.includes(character) ? percentByte(byte) : character;
  }
  return encoded;
}

/**
 * The URL that a collection's request is sent to, after its variables are filled in: put together of the parts that the
 * collection holds (host, path, path variables, query without what is switched off), taken apart and encoded anew.
 *
 * @param url a text, or the object of version 2
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export function postmanUrl(url: unknown, fill: Fill): PostmanUrl | undefined {
  const text = fill(typeof url === 'string' ? url : writtenUrl(url)).trimStart();
  return text === '' ? undefined : split(text);
}

/** The URL as the collection writes it, with its variables. */
export function writtenUrl(url: unknown): string {
  if (typeof url === 'string') return url;
  const [host, path] = [listOf(jsonMember(url, 'host'), '.'), jsonMember(url, 'path')];
  if (host === undefined && path === undefined) return textOf(jsonMember(url, 'raw'));
  const protocol = textOf(jsonMember(url, 'protocol'));
  const port = jsonMember(url, 'port');
  const head = protocol === '' ? '' : `${protocol.replace(/:\/\/$/, '')}://`;
  return `${head}${userOf(jsonMember(url, 'auth'))}${host ?? ''}${isText(port) ? `:${port}` : ''}${pathOf(url, path)}${queryOf(url)}`;
}

function isText(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function userOf(auth: unknown): string {
  const [user, password] = [jsonMember(auth, 'user'), jsonMember(auth, 'password')];
  if (typeof user !== 'string') return '';
  return `${user}${typeof password === 'string' ? `:${password}` : ''}@`;
}

function pathOf(url: unknown, path: unknown): string {
  const segments = typeof path === 'string' ? path.replace(/^\//, '').split('/') : Array.isArray(path) ? path : [];
  if (segments.length === 0) return '';
  const variables = new Map(
    items(jsonMember(url, 'variable')).map((one) => [
      textOf(jsonMember(one, 'key') ?? jsonMember(one, 'id')),
      textOf(jsonMember(one, 'value')),
    ]),
  );
  const filled = segments.map((segment) => {
    const text = textOf(typeof segment === 'string' ? segment : jsonMember(segment, 'value'));
    // `:id`, and what stands behind a dot: `:file.json`.
    const name = /^:([^.]+)/.exec(text)?.[1] ?? '';
    const value = variables.get(name) ?? '';
    return value === '' ? text : value + text.slice(name.length + 1);
  });
  return `/${filled.join('/')}`;
}

function queryOf(url: unknown): string {
  const query = jsonMember(url, 'query');
  if (typeof query === 'string') return query === '' ? '' : `?${query}`;
  const enabled = items(query).filter((one) => jsonMember(one, 'disabled') !== true);
  if (enabled.length === 0) return '';
  const pairs = enabled.map((one) => {
    const [key, value] = [jsonMember(one, 'key'), jsonMember(one, 'value')];
    const name = typeof key === 'string' ? outsideVariables(key, /[&#=]/g) : '';
    return typeof value === 'string' ? `${name}=${outsideVariables(value, /[&#]/g)}` : name;
  });
  return `?${pairs.join('&')}`;
}

/** Encodes what would end a parameter, but not in the name of a variable. */
function outsideVariables(text: string, reserved: RegExp): string {
  return text
    .split(/(\{\{[^{}]*[&#=][^{}]*\}\})/)
    .map((piece, at) => (at % 2 === 1 ? piece : piece.replace(reserved, (one) => encodeURIComponent(one))))
    .join('');
}

/** Takes a URL apart from its end, as Postman does: `#`, `?`, then the protocol, the path, the user, the port. */
function split(text: string): PostmanUrl {
  const [beforeHash = ''] = text.split('#', 1);
  const question = beforeHash.indexOf('?');
  const query = question < 0 ? undefined : beforeHash.slice(question + 1);
  const front = (question < 0 ? beforeHash : beforeHash.slice(0, question)).replaceAll('\\', '/');
  const separator = front.indexOf('://');
  const protocol = separator < 0 ? 'http' : front.slice(0, separator).toLowerCase();
  const rest = separator < 0 ? front : front.slice(separator + 3).replace(/^\/+/, '');
  const slash = rest.indexOf('/');
  const path = slash < 0 ? '/' : rest.slice(slash);
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1).toLowerCase();
  const search = query === undefined ? '' : `?${encodeForPostman(query, 'query')}`;
  return {
    origin: `${protocol}://${host}`,
    host,
    target: encodeForPostman(path, 'path') + search,
    userInfo: at < 0 ? undefined : authority.slice(0, at),
  };
}

function listOf(value: unknown, separator: string): string | undefined {
  if (Array.isArray(value)) return value.map(textOf).join(separator);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
