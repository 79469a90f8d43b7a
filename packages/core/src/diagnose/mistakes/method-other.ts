import { methodFixes } from '../fixes/method.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

interface Method {
  readonly kind: keyof typeof words;
}

/** Another method, or a whole request line. */
export const methodOther: MistakeClass<Method | Departure> = {
  id: 'method/other',
  rank: 120,
  needs: 'method',
  values: function* (slot, { message }) {
    if (typeof slot.value !== 'string') return;
    if (slot.source.from === 'target') {
      for (const version of [' HTTP/1.1', ' HTTP/1.0', ' HTTP/2'])
        yield {
          detail: { kind: 'version behind target' },
          cost: 1,
          value: slot.value + version,
        } satisfies ValueMove<Method>;
      yield { detail: { kind: 'before target' }, cost: 2, value: `${message.method} ${slot.value}` };
      yield { detail: { kind: 'request line' }, cost: 2, value: `${message.method} ${slot.value} HTTP/1.1` };
    }
    if (slot.source.from !== 'method') return;
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
      if (method !== slot.value.toUpperCase()) yield { detail: { kind: 'other' }, cost: 1, value: method };
    }
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      if (method !== slot.value.toLowerCase())
        yield { detail: { kind: 'other in lower case' }, cost: 2, value: method };
    }
    yield { detail: { kind: 'with version' }, cost: 2, value: `${slot.value} HTTP/1.1` };
    yield { detail: { kind: 'request line' }, cost: 2, value: `${slot.value} ${message.target} HTTP/1.1` };
    for (const value of [
      `${slot.value} `,
      ` ${slot.value}`,
      `HttpMethod.${slot.value}`,
      `HTTPMethod.${slot.value}`,
      `Method: ${slot.value}`,
    ])
      yield { detail: { kind: 'beside' }, cost: 2, value };
  },
  speaksOf: (find) => (find.kind === 'departure' && find.subject === 'method' ? find : undefined),
  say: (detail, { yours, expected }) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    return `You signed "${yours}" (${words[detail.kind]}); the request was sent with "${expected}".`;
  },
  fixes: ({ scheme, message }) => methodFixes(scheme, message.method.toUpperCase()),
};

const words = {
  'version behind target': 'the protocol version follows the target',
  'before target': 'the method stands before the target',
  'request line': 'the request line',
  other: 'another method',
  'other in lower case': 'another method, in lower case',
  'with version': 'with the protocol version',
  beside: 'with something beside it',
} as const;
