import { encodeBase64 } from '../canonical/byte-encoding.ts';
import { headerValue, message, type Header, type Message } from '../message.ts';
import { textOfBytes } from '../canonical/wire-text.ts';
import { encodeText } from './bytes.ts';
import { jsonMember } from './json-member.ts';
import { postmanAuth } from './postman-auth.ts';
import { postmanBody } from './postman-body.ts';
import { encodeForPostman, postmanUrl } from './postman-url.ts';
import type { Fill } from './postman-variables.ts';

/** A request of a collection as Postman sends it, as far as that is known before it does. */
export interface BuiltRequest {
  readonly message: Message;
  readonly url: string;
  /** Why some of it is not known. */
  readonly unknown: readonly string[];
}

/**
 * Builds what Postman sends for a request of a collection in which no script has changed anything: its variables filled in,
 * encoded in Postman's way, with the headers that Postman adds. Left out are those that say nothing about the request
 * (`Cache-Control`, `Postman-Token`).
 *
 * @param request a text (its URL), or the object of version 2
 * @param auth the authorization helper that applies
 * @param behavior its `protocolProfileBehavior`
 * @returns `undefined` where it has no URL
 */
export function builtRequest(request: unknown, auth: unknown, behavior: unknown, fill: Fill): BuiltRequest | undefined {
  const url = postmanUrl(typeof request === 'string' ? request : jsonMember(request, 'url'), fill);
  if (!url) return undefined;
  const given = jsonMember(request, 'method');
  const method = typeof given === 'string' && given !== '' ? given.toUpperCase() : 'GET';
  const body = postmanBody(jsonMember(request, 'body'), method, behavior, fill);
  const added = postmanAuth(auth, fill);
  const headers = withAuth(ownHeaders(jsonMember(request, 'header'), fill), added.header);
  const disabled = jsonMember(behavior, 'disabledSystemHeaders');
  const system = (name: string, value: string | undefined): void => {
    if (value === undefined || jsonMember(disabled, name.toLowerCase()) === true) return;
    if (headerValue(headers, name) === undefined) headers.push([name, value]);
  };
  system('Content-Type', body.contentType);
  system('User-Agent', 'PostmanRuntime');
  system('Accept', '*/*');
  system('Host', url.host);
  system('Accept-Encoding', 'gzip, deflate, br');
  system('Connection', 'keep-alive');
  if (url.userInfo !== undefined) system('Authorization', `Basic ${encodeBase64(encodeText(unescaped(url.userInfo)))}`);
  const parameter = added.parameter?.map((text) => encodeForPostman(text, 'query')).join('=');
  const target = parameter === undefined ? url.target : joined(url.target, parameter);
  const bytes = encodeText(body.text);
  const isForm = body.unknown !== undefined;
  if (!isForm && (bytes.length > 0 || !withoutLength.has(method))) system('Content-Length', String(bytes.length));
  const sent = message({ method, url: target, headers, body: bytes, origin: url.origin });
  return {
    message: sent,
    url: url.origin + target,
    unknown: [body.unknown, added.unknown].filter((reason) => reason !== undefined),
  };
}

/** Node says how long the body is that is not there, except for these. */
const withoutLength = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

function unescaped(userInfo: string): string {
  return userInfo
    .split(':')
    .map((piece) => {
      try {
        return decodeURIComponent(piece);
      } catch {
        return piece;
      }
    })
    .join(':');
}

/** Postman's Node sends characters up to U+00FF as one byte each, and no others. */
function sentValue(value: string): string {
  return /[^\0-\xff]/.test(value) ? value : textOfBytes(value);
}

function joined(target: string, parameter: string): string {
  return `${target}${target.includes('?') ? '&' : '?'}${parameter}`;
}

function withAuth(headers: Header[], added: Header | undefined): Header[] {
  if (!added) return headers;
  const [name, value] = added;
  return [...headers.filter(([own]) => own.toLowerCase() !== name.toLowerCase()), [name, sentValue(value)]];
}

/** A list of headers, some of them switched off; in version 2.0 it may also be a text of lines. */
function ownHeaders(list: unknown, fill: Fill): Header[] {
  if (typeof list === 'string') {
    return list.split('\n').flatMap((line): Header[] => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [[fill(line.slice(0, colon)).trim(), sentValue(fill(line.slice(colon + 1)).trim())]];
    });
  }
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((one): Header[] => {
    const [key, value] = [jsonMember(one, 'key'), jsonMember(one, 'value')];
    if (typeof key !== 'string' || key === '' || jsonMember(one, 'disabled') === true) return [];
    return [[fill(key).trim(), sentValue(fill(typeof value === 'string' ? value : '').trim())]];
  });
}
