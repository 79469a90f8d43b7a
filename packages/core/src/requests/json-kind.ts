import type { InputErrorCode } from '../errors.ts';
import { decodedByteText } from './byte-text.ts';
import { jsonMember } from './json-member.ts';

/** What a text is that is no request, and what to bring in its place. */
export interface NoRequest {
  readonly code: InputErrorCode;
  readonly what: string;
  readonly bring: string;
}

const rawLog = "Postman's Console with its raw log (View → Show Postman Console, the request, Show raw log)";

/** What a text of JSON is that holds no request as it was sent. */
export function kindOfJson(text: string): NoRequest | undefined {
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
  const schema = jsonMember(jsonMember(value, 'info'), 'schema');
  if (
    (typeof schema === 'string' && schema.includes('getpostman.com')) ||
    (jsonMember(value, 'info') !== undefined && Array.isArray(jsonMember(value, 'item')))
  ) {
    return {
      code: 'input/collection',
      what: 'a Postman collection: its requests before scripts and variables have run',
      bring: `the request as it was sent, from ${rawLog}`,
    };
  }
  if (jsonMember(value, '_postman_variable_scope') !== undefined) {
    return {
      code: 'input/json',
      what: 'an environment of Postman: variables, and no request',
      bring: `the request as it was sent, from ${rawLog}`,
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
