import { type Departure, phrase } from '../search/departure.ts';
import { told, type Told } from '../search/told.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

/** Another method, or a whole request line. */
export const methodOther: MistakeClass<Told | Departure> = {
  id: 'method/other',
  rank: 120,
  needs: 'method',
  values: function* (slot, { message }) {
    if (typeof slot.value !== 'string') return;
    if (slot.source.from === 'target') {
      for (const version of [' HTTP/1.1', ' HTTP/1.0', ' HTTP/2'])
        yield {
          detail: told('the protocol version stands behind the target'),
          cost: 1,
          value: slot.value + version,
        } satisfies ValueMove<Told>;
      yield { detail: told('the method stands before the target'), cost: 2, value: `${message.method} ${slot.value}` };
      yield { detail: told('the request line was signed'), cost: 2, value: `${message.method} ${slot.value} HTTP/1.1` };
    }
    if (slot.source.from !== 'method') return;
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
      if (method !== slot.value.toUpperCase()) yield { detail: told('another method'), cost: 1, value: method };
    }
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      if (method !== slot.value.toLowerCase())
        yield { detail: told('another method, in lower case'), cost: 2, value: method };
    }
    yield { detail: told('with the protocol version'), cost: 2, value: `${slot.value} HTTP/1.1` };
    yield { detail: told('the request line was signed'), cost: 2, value: `${slot.value} ${message.target} HTTP/1.1` };
    for (const value of [
      `${slot.value} `,
      ` ${slot.value}`,
      `HttpMethod.${slot.value}`,
      `HTTPMethod.${slot.value}`,
      `Method: ${slot.value}`,
    ])
      yield { detail: told('with something beside it'), cost: 2, value };
  },
  speaksOf: (find) => (find.kind === 'departure' && find.source?.from === 'method' ? find : undefined),
  say: (detail, { yours, expected }) => `You signed "${yours}" where "${expected}" belongs: ${phrase(detail)}.`,
  fixes: {
    javascript: 'const method = request.method; // of the request that is sent',
    python: 'method = prepared.method  # of the request that is sent',
    csharp: 'var method = request.Method.Method; // of the request that is sent',
    java: 'String method = request.method(); // of the request that is sent',
    php: '$method = $request->getMethod(); // of the request that is sent',
    postman: 'const method = pm.request.method;',
  },
};
