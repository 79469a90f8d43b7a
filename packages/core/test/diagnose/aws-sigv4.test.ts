import { createHash, createHmac } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import { diagnose, type MistakeId } from '@countersign/core/diagnose';
import { message as messageOf, type Header, type Message } from '@countersign/core/message';
import { awsSigv4 } from '@countersign/core/schemes/aws-sigv4';
import { schemes } from '@countersign/core/schemes/catalog';
import { schemeOfMessage } from '@countersign/core/recognition/recognize-scheme';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';

// Requests signed by AWS Signature Version 4 with node:crypto alone, each with one thing done wrong.

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const keyId = 'AKIDEXAMPLE';
const date = '20260310T081530Z';
const now = new Date('2026-03-10T08:15:30Z');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

interface Written {
  target: string;
  path: string;
  query: string;
  /** Name and value as sent. */
  headers: Header[];
  lines: string[];
  list: string;
  hash: string;
  steps: string[];
  first: string;
  string: (date: string, scope: string, hash: string, canonical: string) => string;
  key: (first: string, steps: readonly string[]) => string | Buffer;
  canonical: (text: string) => string;
}

const body = '{"ContactId":"1"}';

function written(change: (request: Written) => void): Message {
  const request: Written = {
    target: '/contacts/a%20b?Size=2&after=x%2By&a=',
    path: '/contacts/a%2520b',
    query: 'Size=2&a=&after=x%2By',
    headers: [
      ['Host', 'connect.eu-west-1.amazonaws.com'],
      ['Content-Type', 'application/json'],
      ['X-Amz-Date', date],
      ['X-Amz-Meta', 'a   b'],
    ],
    lines: [
      'content-type:application/json',
      'host:connect.eu-west-1.amazonaws.com',
      `x-amz-date:${date}`,
      'x-amz-meta:a b',
    ],
    list: 'content-type;host;x-amz-date;x-amz-meta',
    hash: sha256(body),
    steps: ['20260310', 'eu-west-1', 'connect', 'aws4_request'],
    first: `AWS4${secret}`,
    string: (when, scope, hash) => ['AWS4-HMAC-SHA256', when, scope, hash].join('\n'),
    key: (first, steps) => steps.reduce<string | Buffer>((key, step) => hmac(key, step), first),
    canonical: (text) => text,
  };
  change(request);
  const { path, query, lines, list, hash } = request;
  const canonical = request.canonical(
    ['POST', path, query, lines.map((line) => `${line}\n`).join(''), list, hash].join('\n'),
  );
  const scope = '20260310/eu-west-1/connect/aws4_request';
  const string = request.string(date, scope, sha256(canonical), canonical);
  const signature = hmac(request.key(request.first, request.steps), string).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
  return {
    method: 'POST',
    target: request.target,
    headers: [...request.headers, ['Authorization', authorization]],
    body: new TextEncoder().encode(body),
  };
}

/** Enough for single mistakes; where nothing is right, the search for two at once takes seconds. */
const budget = { candidates: 30_000, mistakes: 1 } as const;
const told = (message: Message, given = secret): { verdict: string; ids: MistakeId[]; said: string } => {
  const { verdict, mistakes } = diagnose(awsSigv4, { keyId, secret: given }, message, { now, budget });
  return { verdict, ids: mistakes.map(({ id }) => id), said: mistakes.map(({ summary }) => summary).join(' ') };
};

test('a right request is valid', () => {
  expect(told(written(() => {}))).toEqual({ verdict: 'valid', ids: [], said: '' });
});

function plusAsSpace(r: Written): void {
  r.target = '/contacts/a%20b?q=a+b';
  r.query = 'q=a%20b';
}

function unsignedBody(r: Written, word: string): void {
  r.headers.push(['X-Amz-Content-Sha256', word]);
  r.lines.splice(2, 0, `x-amz-content-sha256:${word}`);
  r.list = 'content-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta';
  r.hash = word;
}

const broken: readonly [what: string, id: MistakeId, change: (request: Written) => void, says?: RegExp][] = [
  ['no AWS4 before the secret', 'key/derivation', (r) => (r.first = secret), /without "AWS4"/],
  ['the secret itself as the key', 'key/derivation', (r) => (r.key = () => secret), /secret itself/],
  [
    'region before date',
    'key/derivation',
    (r) => (r.steps = ['eu-west-1', '20260310', 'connect', 'aws4_request']),
    /region, date/,
  ],
  ['service before region', 'key/derivation', (r) => (r.steps = ['20260310', 'connect', 'eu-west-1', 'aws4_request'])],
  ['no last step', 'key/derivation', (r) => r.steps.pop()],
  ['date and time in place of the day', 'key/derivation', (r) => (r.steps[0] = date), /day alone/],
  ['another region', 'key/derivation', (r) => (r.steps[1] = 'us-east-1'), /us-east-1/],
  ['a region that few use', 'key/derivation', (r) => (r.steps[1] = 'me-central-1'), /for the region me-central-1/],
  ['a service that few use', 'key/derivation', (r) => (r.steps[2] = 'secretsmanager'), /secretsmanager/],
  ['the key of yesterday', 'key/derivation', (r) => (r.steps[0] = '20260309'), /for the day 20260309/],
  ['a day with hyphens', 'key/derivation', (r) => (r.steps[0] = '2026-03-10'), /2026-03-10/],
  [
    'another scope in the string to sign alone',
    'key/derivation',
    (r) =>
      (r.string = (when, _, hash) =>
        ['AWS4-HMAC-SHA256', when, '20260310/us-east-1/connect/aws4_request', hash].join('\n')),
    /the string to sign has the region us-east-1/,
  ],
  [
    'another scope signed by its key than the one that is sent',
    'key/derivation',
    (r) => {
      r.steps[2] = 'execute-api';
      r.string = (when, _, hash) =>
        ['AWS4-HMAC-SHA256', when, '20260310/eu-west-1/execute-api/aws4_request', hash].join('\n');
    },
    /derived for, and the string to sign has, the service execute-api/,
  ],
  [
    'the hash hashed once more',
    'key/derivation',
    (r) => (r.string = (when, scope, hash) => ['AWS4-HMAC-SHA256', when, scope, sha256(hash)].join('\n')),
    /once more/,
  ],
  [
    'the time in another format',
    'key/derivation',
    (r) => (r.string = (_, scope, hash) => ['AWS4-HMAC-SHA256', '2026-03-10T08:15:30Z', scope, hash].join('\n')),
    /2026-03-10T08:15:30Z/,
  ],
  ['another service', 'key/derivation', (r) => (r.steps[2] = 'execute-api'), /execute-api/],
  [
    'hexadecimal between the steps',
    'key/derivation',
    (r) => (r.key = (first, steps) => steps.reduce<string>((key, step) => hmac(key, step).toString('hex'), first)),
  ],
  [
    'the canonical request not hashed',
    'key/derivation',
    (r) => (r.string = (when, scope, _, canonical) => ['AWS4-HMAC-SHA256', when, scope, canonical].join('\n')),
  ],
  [
    'the day in place of date and time',
    'key/derivation',
    (r) => (r.string = (_, scope, hash) => ['AWS4-HMAC-SHA256', '20260310', scope, hash].join('\n')),
  ],
  [
    'no algorithm in the string to sign',
    'key/derivation',
    (r) => (r.string = (when, scope, hash) => [when, scope, hash].join('\n')),
  ],
  [
    'the path not encoded once more',
    'url/canonical-form',
    (r) => (r.path = '/contacts/a%20b'),
    /not encoded once more/,
  ],
  ['the path encoded once too often', 'url/canonical-form', (r) => (r.path = '/contacts/a%252520b'), /too often/],
  ['the query not sorted', 'url/canonical-form', (r) => (r.query = 'Size=2&after=x%2By&a=')],
  [
    'the query sorted regardless of case',
    'url/canonical-form',
    (r) => (r.query = 'a=&after=x%2By&Size=2'),
    /regardless of case/,
  ],
  ['a parameter without "="', 'url/canonical-form', (r) => (r.query = 'Size=2&a&after=x%2By'), /"="/],
  ['a plus sign taken for a space', 'url/canonical-form', plusAsSpace, /"\+"/],
  ['a listed header left out', 'header/signed-set', (r) => r.lines.splice(0, 1), /content-type was not signed/],
  [
    'a header that is not listed',
    'header/canonical-form',
    (r) => {
      r.headers.push(['X-More', '1']);
      r.lines.push('x-more:1');
    },
    /x-more was added/,
  ],
  [
    'the host with its default port',
    'url/host',
    (r) => (r.lines[1] = 'host:connect.eu-west-1.amazonaws.com:443'),
    /signed the host "connect\.eu-west-1\.amazonaws\.com:443"/,
  ],
  ['lines that end in CR LF', 'layout/newlines', (r) => (r.canonical = (text) => text.replaceAll('\n', '\r\n'))],
  ['no hash of the body', 'content-hash/not-sent', (r) => (r.hash = 'UNSIGNED-PAYLOAD'), /UNSIGNED-PAYLOAD/],
  [
    'a body that the request says is not signed',
    'request/refused',
    (r) => unsignedBody(r, 'UNSIGNED-PAYLOAD'),
    /S3, and what is like it, takes such requests/,
  ],
  [
    'a body that is signed in pieces',
    'request/refused',
    (r) => unsignedBody(r, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'),
    /STREAMING/,
  ],
  ['several spaces kept', 'header/canonical-form', (r) => (r.lines[3] = 'x-amz-meta:a   b'), /spaces/],
  [
    'names as they are sent',
    'header/canonical-form',
    (r) =>
      (r.lines = [
        'Content-Type:application/json',
        'Host:connect.eu-west-1.amazonaws.com',
        `X-Amz-Date:${date}`,
        'X-Amz-Meta:a b',
      ]),
  ],
  ['headers in the order sent', 'header/canonical-form', (r) => r.lines.unshift(...r.lines.splice(1, 1))],
  ['the hash of no body', 'body/missing', (r) => (r.hash = sha256(''))],
  ['the hash in capitals', 'content-hash/encoding', (r) => (r.hash = sha256(body).toUpperCase())],
  ['the method in lower case', 'method/case', (r) => (r.canonical = (text) => text.replace('POST', 'post'))],
  [
    'a line break at the end of the canonical request',
    'layout/trailing-newline',
    (r) => (r.canonical = (text) => `${text}\n`),
  ],
];

/** `npm test` takes one of each class; the matrix takes all. */
const tried =
  process.env['MATRIX'] === 'all'
    ? broken
    : broken.filter(([, id], at) => broken.findIndex(([, other]) => other === id) === at);

describe('a request by Signature Version 4, broken in one way', () => {
  test.each(tried)('%s: %s', (_, id, change, says) => {
    const { verdict, ids, said } = told(written(change));
    expect([verdict, ids[0]], said).toEqual(['explained', id]);
    expect(ids, said).toHaveLength(1);
    if (says) expect(said).toMatch(says);
  });
});

describe('the Authorization header', () => {
  const with_ = (change: (value: string) => string): Message => {
    const message = written(() => {});
    const headers = message.headers.map(([name, value]): Header => [
      name,
      name === 'Authorization' ? change(value) : value,
    ]);
    return { ...message, headers };
  };

  test('without white space behind its commas, as S3 documents it, is right', () => {
    const message = with_((value) => value.replaceAll(', ', ','));
    expect(told(message)).toEqual({ verdict: 'valid', ids: [], said: '' });
    const result = verify(awsSigv4, { keyId, secret: new Secret(secret, 'utf8') }, message, { now });
    expect(result.ok).toBe(true);
  });

  test('with its parameters in another order is told of that, and no other key is suspected', () => {
    const message = with_((value) => value.replace(/(Credential=\S+), (SignedHeaders=\S+),/, '$2, $1,'));
    const { verdict, ids, said } = told(message);
    expect([verdict, ids]).toEqual(['explained', ['header/authorization-syntax']]);
    expect(said).toBe('The authorization header is malformed: the parameters stand in another order.');
  });

  test('with another separator is told of the one of this scheme', () => {
    const { ids, said } = told(with_((value) => value.replaceAll(', ', '&')));
    expect(ids).toEqual(['header/authorization-syntax']);
    expect(said).toContain('separated by "&" instead of ","');
  });
});

describe('a presigned URL', () => {
  const presigned = (region = 'eu-west-1'): Message => {
    const scope = '20260310/eu-west-1/s3/aws4_request';
    const query = [
      'X-Amz-Algorithm=AWS4-HMAC-SHA256',
      `X-Amz-Credential=${encodeURIComponent(`${keyId}/${scope}`)}`,
      `X-Amz-Date=${date}`,
      'X-Amz-Expires=300',
      'X-Amz-SignedHeaders=host',
    ].join('&');
    const canonical = ['GET', '/a%20b', query, 'host:b.s3.eu-west-1.amazonaws.com\n', 'host', 'UNSIGNED-PAYLOAD'];
    const string = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical.join('\n'))].join('\n');
    const key = ['20260310', region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
    return {
      method: 'GET',
      target: `/a%20b?${query}&X-Amz-Signature=${hmac(key, string).toString('hex')}`,
      headers: [['Host', 'b.s3.eu-west-1.amazonaws.com']],
      body: new Uint8Array(0),
    };
  };

  test('is diagnosed by the signature in its query', () => {
    const { ids, said } = told(presigned('us-east-1'));
    expect(ids).toEqual(['key/derivation']);
    expect(said).toContain('us-east-1');
  });

  test('that is right is not called unsigned, and what this verifier takes is said', () => {
    const { verdict, ids, said } = told(presigned());
    expect([verdict, ids]).toEqual(['explained', ['request/refused']]);
    expect(said).toMatch(/The signature is right.* presigned URL.* S3, and what is like it, takes such requests/);
  });

  test('is late when the time that it says has passed', () => {
    const { notes } = diagnose(awsSigv4, { keyId, secret }, presigned(), {
      now: new Date('2026-03-10T08:20:40Z'),
      budget,
    });
    expect(notes.find(({ id }) => id === 'date/clock-skew')?.summary).toContain('5 min');
    const fresh = diagnose(awsSigv4, { keyId, secret }, presigned(), { now: new Date('2026-03-10T08:20:20Z'), budget });
    expect(fresh.notes.map(({ id }) => id)).not.toContain('date/clock-skew');
  });

  test('is recognized', () => {
    expect(schemeOfMessage(schemes, presigned())?.scheme.id).toBe('aws-sigv4');
  });
});

describe('nothing is accused of what it is not', () => {
  test.each([
    ['another secret', 'another/secret/of/40/characters/EXAMPLEKEY'],
    ['the key id as secret', keyId],
  ])('under %s nothing is proven', (_, other) => {
    const { verdict, ids } = told(
      written(() => {}),
      other,
    );
    expect([verdict, ids]).toEqual(['unexplained', []]);
  });

  test('a header that is sent twice and signed as both is right', () => {
    const message = written((r) => {
      r.headers.push(['X-Amz-Meta', 'c']);
      r.lines[3] = 'x-amz-meta:a b,c';
    });
    expect(told(message)).toEqual({ verdict: 'valid', ids: [], said: '' });
  });
});

describe('aws4fetch', () => {
  const url = 'https://connect.eu-west-1.amazonaws.com/contacts/a%20b?b=2&a=1%2B';

  test('what it signs is verified', async () => {
    const signer = new AwsV4Signer({
      accessKeyId: keyId,
      secretAccessKey: secret,
      method: 'POST',
      url,
      body,
      headers: { 'content-type': 'application/json' },
      service: 'connect',
      region: 'eu-west-1',
      datetime: date,
    });
    const { headers } = await signer.sign();
    const request = messageOf({
      method: 'POST',
      url,
      headers: [['host', 'connect.eu-west-1.amazonaws.com'], ...headers],
      body,
    });
    const result = verify(awsSigv4, { keyId, secret: new Secret(secret, 'utf8') }, request, { now });
    expect(result.ok ? 'accepted' : result.summary).toBe('accepted');
  });

  test('what we sign has its signature', async () => {
    const request = messageOf({ method: 'POST', url, body });
    const signed = sign(awsSigv4, { keyId, secret: new Secret(secret, 'utf8') }, request, { date });
    const signer = new AwsV4Signer({
      accessKeyId: keyId,
      secretAccessKey: secret,
      method: 'POST',
      url,
      body,
      service: 'connect',
      region: 'eu-west-1',
      datetime: date,
    });
    const { headers } = await signer.sign();
    expect(signed.headers.find(([name]) => name === 'authorization')?.[1]).toBe(headers.get('authorization'));
  });
});
