import { encodeBase64 } from '../canonical/byte-encoding.ts';
import type { Header } from '../message.ts';
import { encodeText } from './bytes.ts';
import { jsonMember } from './json-member.ts';
import type { Fill } from './postman-variables.ts';

/** What Postman's authorization helper adds to a request. */
export interface PostmanAuth {
  readonly header?: Header;
  /** A parameter that is put behind the query. */
  readonly parameter?: readonly [name: string, value: string];
  /** Why what it adds is not known before the request is sent. */
  readonly unknown?: string;
}

/** The `auth` of a request, a folder or the collection; `undefined` where it is inherited. */
export function ownAuth(auth: unknown): unknown {
  return typeof auth === 'object' && auth !== null && typeof jsonMember(auth, 'type') === 'string' ? auth : undefined;
}

/** What a helper adds; nothing for none. */
export function postmanAuth(auth: unknown, fill: Fill): PostmanAuth {
  const type = jsonMember(auth, 'type');
  if (typeof type !== 'string' || type === 'noauth') return {};
  const value = (name: string): string => fill(parameter(jsonMember(auth, type), name));
  switch (type) {
    case 'basic':
      return {
        header: ['Authorization', `Basic ${encodeBase64(encodeText(`${value('username')}:${value('password')}`))}`],
      };
    case 'bearer':
      return value('token') === '' ? {} : { header: ['Authorization', `Bearer ${value('token')}`] };
    case 'apikey': {
      const [name, text] = [value('key'), value('value')];
      if (name === '' && text === '') return {};
      return value('in') === 'query' ? { parameter: [name, text] } : { header: [name, text] };
    }
    default:
      return { unknown: `Postman's authorization helper "${type}" makes its part when the request is sent` };
  }
}

/** Version 2.1 has a list of parameters, version 2.0 an object. */
function parameter(parameters: unknown, name: string): string {
  const found = Array.isArray(parameters)
    ? jsonMember(
        parameters.find((one) => jsonMember(one, 'key') === name),
        'value',
      )
    : jsonMember(parameters, name);
  return typeof found === 'string' ? found : found === undefined || found === null ? '' : JSON.stringify(found);
}
