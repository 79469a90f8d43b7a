import { departure } from '../departure.ts';
import type { MistakeClass, ValueMove } from '../mistake-class.ts';

/** Another method, or a whole request line. */
export const methodOther: MistakeClass = {
  id: 'method/other',
  rank: 120,
  needs: 'method',
  values: function* (slot, { message }) {
    if (typeof slot.value !== 'string') return;
    if (slot.source.from === 'target') {
      for (const version of [' HTTP/1.1', ' HTTP/1.0', ' HTTP/2'])
        yield {
          detail: 'the protocol version stands behind the target',
          cost: 1,
          value: slot.value + version,
        } satisfies ValueMove;
      yield { detail: 'the method stands before the target', cost: 2, value: `${message.method} ${slot.value}` };
      yield { detail: 'the request line was signed', cost: 2, value: `${message.method} ${slot.value} HTTP/1.1` };
    }
    if (slot.source.from !== 'method') return;
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
      if (method !== slot.value.toUpperCase()) yield { detail: 'another method', cost: 1, value: method };
    }
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      if (method !== slot.value.toLowerCase())
        yield { detail: 'another method, in lower case', cost: 2, value: method };
    }
    yield { detail: 'with the protocol version', cost: 2, value: `${slot.value} HTTP/1.1` };
    yield { detail: 'the request line was signed', cost: 2, value: `${slot.value} ${message.target} HTTP/1.1` };
    for (const value of [
      `${slot.value} `,
      ` ${slot.value}`,
      `HttpMethod.${slot.value}`,
      `HTTPMethod.${slot.value}`,
      `Method: ${slot.value}`,
    ])
      yield { detail: 'with something beside it', cost: 2, value };
  },
  speaksOf: (find) => (find.kind === 'departure' && find.source?.from === 'method' ? departure(find) : undefined),
  say: (detail, { yours, expected }) => `You signed "${yours}" where "${expected}" belongs: ${detail}.`,
  mends: {
    javascript: 'const method = request.method; // of the request that is sent',
    python: 'method = prepared.method  # of the request that is sent',
    csharp: 'var method = request.Method.Method; // of the request that is sent',
    java: 'String method = request.method(); // of the request that is sent',
    php: '$method = $request->getMethod(); // of the request that is sent',
    postman: 'const method = pm.request.method;',
  },
};
