import { decodeBase64Url, textOfUtf8 } from './byte-encoding.ts';

/** The members of a JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads a JSON object strictly; `undefined` for what is none, and for one in which any object names a member twice: of those
 * parsers take the first or the last, so that two readers of one text would see different values. Linear in its length.
 */
export function readJsonObject(text: string): JsonObject | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return hasMemberTwice(text) ? undefined : (value as JsonObject);
}

/** Whether an object of this text, which is JSON, has two members of one name, however the name is escaped. */
function hasMemberTwice(text: string): boolean {
  const open: Set<string>[] = [];
  for (const [token, name] of text.matchAll(/[{}]|("(?:[^"\\]|\\.)*")(?:[\t\n\r ]*:)?/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (name !== undefined && token.endsWith(':')) {
      const known = open.at(-1);
      if (known?.size === known?.add(JSON.parse(name) as string).size) return true;
    }
  }
  return false;
}

/** A member that is the object's own; `undefined` where it has none. */
export function ownMember(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Reads a JSON object in base64url, as tokens have them; `undefined` where any of base64url, UTF-8 and JSON is not strict. */
export function readEncodedObject(text: string): JsonObject | undefined {
  const bytes = decodeBase64Url(text);
  const json = bytes && textOfUtf8(bytes);
  return json === undefined ? undefined : readJsonObject(json);
}
