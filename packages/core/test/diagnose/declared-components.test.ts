import { createHash, createHmac } from 'node:crypto';
import { diagnose, type MistakeId } from '@countersign/core/diagnose';
import type { Header, Message } from '@countersign/core/message';
import { rfc9421 } from '@countersign/core/schemes/rfc9421';
import { genesysAudiohook } from '@countersign/core/schemes/genesys-audiohook';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';

// Requests signed by RFC 9421 with node:crypto alone, each with one thing done wrong.

const secret = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==';
const body = '{"to": "+15551234567", "text": "hi"}';
const digestOf = (text: string): string => `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;
const now = new Date(1_618_884_473_000);

interface Written {
  host: string;
  target: string;
  body: string;
  headers: Header[];
  /** Identifier and value of each line that is signed. */
  lines: (readonly [string, string])[];
  /** The list that is sent. */
  list: string;
  parameters: string;
  /** The last line that is signed. */
  last: string | undefined;
  /** What is made of the signature base. */
  base: (text: string) => string;
  key: Buffer;
  input: (list: string, parameters: string) => string;
  signature: (text: string) => string;
}

function written(change: (request: Written) => void): Message {
  const request: Written = {
    host: 'api.example.com',
    target: '/v1/messages?notify=yes',
    body,
    headers: [['Content-Type', 'application/json']],
    lines: [
      ['"@method"', 'POST'],
      ['"@authority"', 'api.example.com'],
      ['"@path"', '/v1/messages'],
      ['"@query"', '?notify=yes'],
      ['"content-type"', 'application/json'],
      ['"content-digest"', digestOf(body)],
    ],
    list: '("@method" "@authority" "@path" "@query" "content-type" "content-digest")',
    parameters: ';created=1618884473;keyid="app"',
    last: undefined,
    base: (text) => text,
    key: Buffer.from(secret, 'base64'),
    input: (list, parameters) => `sig1=${list}${parameters}`,
    signature: (text) => `sig1=:${text}:`,
  };
  change(request);
  const { lines, list, parameters, last = `"@signature-params": ${list}${parameters}` } = request;
  const base = request.base([...lines.map(([name, value]) => `${name}: ${value}`), last].join('\n'));
  const signature = createHmac('sha256', request.key).update(base).digest('base64');
  const sentDigest = request.headers.some(([name]) => name === 'Content-Digest');
  return {
    method: 'POST',
    target: request.target,
    headers: [
      ['Host', request.host],
      ...request.headers,
      ...(sentDigest ? [] : [['Content-Digest', digestOf(body)] as const]),
      ['Signature-Input', request.input(list, parameters)],
      ['Signature', request.signature(signature)],
    ],
    body: new TextEncoder().encode(request.body),
  };
}

/** Enough for single mistakes; where nothing is right, the search for two at once takes seconds. */
const budget = { candidates: 30_000, mistakes: 1 } as const;
const told = (message: Message, given = secret): { verdict: string; ids: MistakeId[]; said: string } => {
  const { verdict, mistakes } = diagnose(rfc9421, { keyId: 'app', secret: given }, message, { now, budget });
  return { verdict, ids: mistakes.map(({ id }) => id), said: mistakes.map(({ summary }) => summary).join(' ') };
};

test('a right request is valid', () => {
  expect(told(written(() => {}))).toEqual({ verdict: 'valid', ids: [], said: '' });
});

const line = (request: Written, name: string, value: string): void => {
  request.lines = request.lines.map(([one, old]) => [one, one === name ? value : old]);
};

const broken: readonly [what: string, id: MistakeId, change: (request: Written) => void, says?: RegExp][] = [
  ['lines in another order than the list', 'layout/order', (r) => r.lines.unshift(...r.lines.splice(1, 1))],
  ['a line left out', 'layout/part-missing', (r) => r.lines.splice(4, 1)],
  ['names without quotes', 'components/line', (r) => (r.base = (text) => text.replace(/^"([^"]*)"/gm, '$1')), /quotes/],
  ['no space behind the colon', 'components/line', (r) => (r.base = (text) => text.replace(/^("[^"]*"): /gm, '$1:'))],
  ['no line for the parameters', 'components/line', (r) => (r.base = (text) => text.slice(0, text.lastIndexOf('\n')))],
  [
    'the target with the method before it',
    'components/line',
    (r) => {
      r.list = r.list.replace('"@method"', '"@method" "@request-target"');
      r.lines.splice(1, 0, ['"@request-target"', 'post /v1/messages?notify=yes']);
    },
    /oldest drafts/,
  ],
  ['the query without its question mark', 'components/line', (r) => line(r, '"@query"', 'notify=yes'), /question mark/],
  [
    'no ";" before the parameters',
    'components/parameters',
    (r) => (r.last = `"@signature-params": ${r.list}${r.parameters.replaceAll(';', '')}`),
  ],
  ['no parameters', 'components/parameters', (r) => (r.last = `"@signature-params": ${r.list}`)],
  [
    'the parameters in another order',
    'components/parameters',
    (r) => (r.last = `"@signature-params": ${r.list};keyid="app";created=1618884473`),
  ],
  [
    'one parameter not signed',
    'components/parameters',
    (r) => (r.last = `"@signature-params": ${r.list};created=1618884473`),
    /keyid/,
  ],
  [
    'the label signed too',
    'components/parameters',
    (r) => (r.last = `"@signature-params": sig1=${r.list}${r.parameters}`),
    /label/,
  ],
  [
    'a parameter signed that is not sent',
    'components/parameters',
    (r) => (r.last = `"@signature-params": ${r.list}${r.parameters};alg="hmac-sha256"`),
    /alg/,
  ],
  [
    'values without quotes',
    'components/parameters',
    (r) => (r.last = `"@signature-params": ${r.list};created=1618884473;keyid=app`),
    /without quotes/,
  ],
  ['the default port signed', 'url/host', (r) => line(r, '"@authority"', 'api.example.com:443')],
  [
    'the host signed as it is sent',
    'header/canonical-form',
    (r) => {
      r.host = 'API.example.com:443';
      line(r, '"@authority"', 'API.example.com:443');
    },
    /default port/,
  ],
  [
    'a value with a space before it',
    'header/canonical-form',
    (r) => line(r, '"content-type"', ' application/json'),
    /white space/,
  ],
  [
    'one of two lines of a header',
    'header/canonical-form',
    (r) => {
      r.headers.push(['X-Tag', 'a'], ['X-Tag', 'b']);
      r.list = r.list.replace(')', ' "x-tag")');
      r.lines.push(['"x-tag"', 'b']);
    },
  ],
  ['the method in lower case', 'method/case', (r) => line(r, '"@method"', 'post')],
  ['the path with the query', 'url/query-omitted', (r) => line(r, '"@path"', '/v1/messages?notify=yes')],
  ['the secret as text', 'key/encoding', (r) => (r.key = Buffer.from(secret))],
  ['a line break at the end', 'layout/trailing-newline', (r) => (r.base = (text) => `${text}\n`)],
  [
    'another serialization of the body under the digest',
    'body/reserialized',
    (r) => {
      const compact = JSON.stringify(JSON.parse(body));
      r.headers.push(['Content-Digest', digestOf(compact)]);
      line(r, '"content-digest"', digestOf(compact));
    },
  ],
  [
    'commas in the list that is sent',
    'header/authorization-syntax',
    (r) => (r.input = (list, p) => `sig1=${list.replaceAll('" "', '", "')}${p}`),
    /","/,
  ],
  [
    'a ";" missing in what is sent',
    'header/authorization-syntax',
    (r) => (r.input = (list, p) => `sig1=${list}${p.slice(1)}`),
    /";"/,
  ],
  [
    'the signature in quotes',
    'header/authorization-syntax',
    (r) => (r.signature = (text) => `sig1="${text}"`),
    /quotes/,
  ],
  [
    'a component that must be covered and is not',
    'request/refused',
    (r) => {
      r.list = '("@method" "@authority" "@path" "@query" "content-type")';
      r.lines.pop();
    },
    /content-digest/,
  ],
];

/** `npm test` takes one of each class; the matrix takes all. */
const tried =
  process.env['MATRIX'] === 'all'
    ? broken
    : broken.filter(([, id], at) => broken.findIndex(([, other]) => other === id) === at);

describe('a request by RFC 9421, broken in one way', () => {
  test.each(tried)('%s: %s', (_, id, change, says) => {
    const { verdict, ids, said } = told(written(change));
    expect([verdict, ids[0]], said).toEqual(['explained', id]);
    expect(ids, said).toHaveLength(1);
    if (says) expect(said).toMatch(says);
  });
});

test.each([
  ['"@status"', '200', 'only the signature of a response can cover'],
  ['"@method";req', 'POST', 'only the signature of a response can cover'],
  ['"content-digest";tr', digestOf(body), 'a field of the trailers'],
  ['"@host"', 'api.example.com', 'no component of a request'],
])(
  'a request that covers %s, which no request has, is refused for that, whatever the key',
  (identifier, value, why) => {
    const message = written((r) => {
      r.lines.push([identifier, value]);
      r.list = r.list.replace(')', ` ${identifier})`);
    });
    for (const key of [secret, Buffer.from('another key').toString('base64')]) {
      const { verdict, ids, said } = told(message, key);
      expect([verdict, ids]).toEqual(['explained', ['header/signed-set']]);
      expect(said).toContain(`${identifier} is covered`);
      expect(said).toContain(why);
    }
    expect(verify(rfc9421, { keyId: 'app', secret: new Secret(secret, 'base64') }, message, { now })).toMatchObject({
      ok: false,
      code: 'authorization/signed-headers',
    });
  },
);

test('so is one that covers no header beside it', () => {
  const message = written((r) => {
    r.body = '';
    r.lines = [
      ['"@method"', 'POST'],
      ['"@path"', '/v1/messages'],
      ['"@status"', '200'],
    ];
    r.list = '("@method" "@path" "@status")';
  });
  const { verdict, ids } = told(message);
  expect([verdict, ids]).toEqual(['explained', ['header/signed-set']]);
});

test.each([
  [
    'a method that no server gets',
    (request: Written) => {
      request.lines = request.lines.map(([name, value]) => [name, name === '"@method"' ? 'POST ' : value] as const);
    },
    (message: Message) => ({ ...message, method: 'POST ' }),
  ],
  [
    'a digest that says nothing',
    (request: Written) => {
      request.lines = request.lines.map(([name, value]) => [name, name === '"content-digest"' ? '' : value] as const);
      request.headers.push(['Content-Digest', '']);
    },
    (message: Message) => message,
  ],
])('a request that is signed right, with %s, is not called right', (_, change, changed) => {
  const found = diagnose(rfc9421, { keyId: 'app', secret }, changed(written(change)), { now });
  expect(found.verdict).toBe('explained');
  expect(found.mistakes.map(({ id }) => id)).toEqual(['request/refused']);
});

test('a signature that ended is right and late, and verification says so, too', () => {
  const message = written((r) => (r.parameters = ';created=1618884373;expires=1618884423;keyid="app"'));
  const { verdict, ids, said } = told(message);
  expect([verdict, ids]).toEqual(['valid', ['date/clock-skew']]);
  expect(said).toContain('the signature ended 50 s ago (parameter expires: 2021-04-20T02:07:03.000Z)');
  expect(verify(rfc9421, { keyId: 'app', secret: new Secret(secret, 'base64') }, message, { now })).toMatchObject({
    ok: false,
    code: 'date/expired',
  });
});

test('of a signature without "created" that is what is told, and no header is missed', () => {
  const { verdict, ids, said } = told(written((r) => (r.parameters = ';keyid="app"')));
  expect([verdict, ids]).toEqual(['explained', ['request/refused']]);
  expect(said).toContain('there is no created');
});

test.each([
  ['names no signature that is there', (r: Written) => (r.input = (list, p) => `sig2=${list}${p}`), 'has no "sig2"'],
  ['describes none', (r: Written) => (r.input = () => ''), 'signature-input describes no signature'],
  ['is no dictionary', (r: Written) => (r.input = () => 'sig1=(('), 'is no dictionary'],
])('of a Signature-Input that %s that is what is told', (_, change, says) => {
  const { verdict, ids, said } = told(written(change));
  expect([verdict, ids]).toEqual(['malformed', ['header/authorization-syntax']]);
  expect(said).toContain(says);
});

test('thousands of components are searched within the budget', () => {
  const message = written((r) => (r.input = () => `sig1=(${'"@method" '.repeat(4000)});created=1618884473`));
  const { verdict, notes } = diagnose(rfc9421, { keyId: 'app', secret }, message, { now, budget: { ms: 20 } });
  expect(verdict).toBe('unexplained');
  expect(notes.map(({ id }) => id)).toContain('budget/bytes');
});

describe('nothing is accused of what it is not', () => {
  test('a header that is sent twice and signed as both is right', () => {
    const message = written((r) => {
      r.headers.push(['X-Tag', 'a'], ['X-Tag', 'b']);
      r.list = r.list.replace(')', ' "x-tag")');
      r.lines.push(['"x-tag"', 'a, b']);
    });
    expect(told(message)).toEqual({ verdict: 'valid', ids: [], said: '' });
  });

  test('a host with the default port, signed without it, is right', () => {
    expect(told(written((r) => void (r.host = 'API.example.com:443')))).toEqual({
      verdict: 'valid',
      ids: [],
      said: '',
    });
  });

  test.each([
    ['another key', 'bm8gc3VjaCBrZXk='],
    ['a key that is nobody’s', Buffer.alloc(64, 7).toString('base64')],
  ])('under %s nothing is proven', (_, other) => {
    const { verdict, ids } = told(
      written(() => {}),
      other,
    );
    expect([verdict, ids]).toEqual(['unexplained', []]);
  });
});

describe('AudioHook', () => {
  const key = { keyId: 'SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh', secret: 'TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=' };
  const handshake = (decoded: boolean): Message => {
    const headers: Header[] = [
      ['Host', 'audiohook.example.com'],
      ['Audiohook-Organization-Id', 'd7934305-0972-4844-938e-9060eef73d05'],
      ['Audiohook-Session-Id', '30b0e395-84d3-4570-ac13-9a62d8f514c0'],
      ['Audiohook-Correlation-Id', 'e160e428-53e2-487c-977d-96989bf5c99d'],
      ['X-Api-Key', key.keyId],
    ];
    const lines = [
      '"@request-target": /ws',
      '"@authority": audiohook.example.com',
      ...headers.slice(1).map(([name, value]) => `"${name.toLowerCase()}": ${value}`),
    ];
    const list = `(${lines.map((text) => text.split(':')[0]).join(' ')})`;
    const params = `${list};keyid="${key.keyId}";nonce="VGhpc0lzQVVuaXF1ZU5vbmNl";alg="hmac-sha256";created=1641013200;expires=1641013230`;
    const base = [...lines, `"@signature-params": ${params}`].join('\n');
    const secretBytes = Buffer.from(key.secret, decoded ? 'base64' : 'utf8');
    const signature = createHmac('sha256', secretBytes).update(base).digest('base64');
    return {
      method: 'GET',
      target: '/ws',
      headers: [...headers, ['Signature-Input', `sig1=${params}`], ['Signature', `sig1=:${signature}:`]],
      body: new Uint8Array(0),
    };
  };
  const at = { now: new Date(1_641_013_200_000) };

  test('a right handshake is valid, and one whose secret was not decoded is explained', () => {
    expect(diagnose(genesysAudiohook, key, handshake(true), at)).toMatchObject({ verdict: 'valid', mistakes: [] });
    const { verdict, mistakes } = diagnose(genesysAudiohook, key, handshake(false), at);
    expect([verdict, mistakes.map(({ id }) => id)]).toEqual(['explained', ['key/encoding']]);
  });
});
