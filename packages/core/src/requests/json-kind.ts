import { commandLineWords, type OptionWords } from '../option-words.ts';
import type { InputErrorCode } from '../errors.ts';
import { decodedByteText } from './byte-text.ts';
import { jsonMember } from './json-member.ts';

/** What a text is that is no request, and what to bring in its place. */
export interface NoRequest {
  readonly code: InputErrorCode;
  readonly what: string;
  readonly bring: string;
}

const brunoLog = "Bruno's Timeline tab (its request headers and body)";
const rawLog = "Postman's Console with its raw log (View → Show Postman Console, the request, Show raw log)";

const asCollection = 'it exported as Collection v2.1 (in Postman: …, Export)';

/** Exports that hold requests, and not as they are read here. */
function otherFormat(value: unknown): NoRequest | undefined {
  const row = (what: string, bring: string): NoRequest => ({ code: 'input/collection', what, bring });
  const has = (name: string): boolean => jsonMember(value, name) !== undefined;
  if (Array.isArray(jsonMember(value, 'requests')) && (has('order') || has('folders')))
    return row('a Postman collection of version 1', asCollection);
  if (Array.isArray(jsonMember(value, 'collections')) && has('environments'))
    return row('an export of all data of Postman', `one collection: ${asCollection}`);
  if (has('results') && (has('collection_id') || has('totalPass')))
    return row("results of Postman's Runner, which hold no headers", `the request as it was sent, from ${rawLog}`);
  if (has('brunoConfig') || has('opencollection') || (has('uid') && Array.isArray(jsonMember(value, 'items'))))
    return row(
      "Bruno's export: its requests before scripts and variables have run",
      `the request as it was sent, from ${brunoLog}`,
    );
  if (has('clientName') && /thunder/i.test(String(jsonMember(value, 'clientName'))))
    return row("Thunder Client's export", 'the request as it was sent');
  return undefined;
}

/** What a text of JSON is that holds no request as it was sent. */
export function kindOfJson(text: string, ask: OptionWords = commandLineWords): NoRequest | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(decodedByteText(text));
  } catch {
    return {
      code: 'input/json',
      what: 'a piece of JSON, or an object of a script',
      bring: 'the whole request as it was sent: request line, headers, a blank line, the body',
    };
  }
  const other = otherFormat(value);
  if (other) return other;
  if (jsonMember(value, '_postman_variable_scope') !== undefined) {
    return {
      code: 'input/json',
      what: 'an environment of Postman: variables, and no request',
      bring: `its collection and this beside it (${ask('environment', 'FILE')}), or the request as it was sent, from ${rawLog}`,
    };
  }
  if (jsonMember(value, '_type') === 'export' || /insomnia/.test(String(jsonMember(value, 'type')))) {
    return {
      code: 'input/collection',
      what: "Insomnia's export: its requests before plugins and variables have run",
      bring: "the request as it was sent, from Insomnia's Console tab (the lines with >)",
    };
  }
  if (jsonMember(value, 'openapi') !== undefined || jsonMember(value, 'swagger') !== undefined) {
    return { code: 'input/json', what: 'an API description (OpenAPI)', bring: 'one request as it was sent' };
  }
  const names = Object.keys((Array.isArray(value) ? value[0] : value) ?? {}).filter((name) =>
    /^[\w$@.:-]{1,30}$/.test(name),
  );
  const members = names.length === 0 ? '' : ` with ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
  return {
    code: 'input/json',
    what: `JSON${members}, without the request that it belongs to`,
    bring: 'the whole request: request line, headers, a blank line, and this as the body',
  };
}
