import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { Header } from '@countersign/core/message';
import { acsRequest, sinchKeyId, sinchRequest, type Intent, type Signing } from './broken-requests.ts';

const play: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play',
  query: 'api-version=2023-10-15',
  contentType: 'application/json',
  body: '{"text":"Hello"}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'JViE5vDor0Sw3WllZka15Q==',
};
const callback: Intent = { ...play, host: 'app.example.com', path: '/sinch/ice', query: '', body: '{"event":"ice"}' };

type Change = (signing: Signing) => void;
const acs = (change: Change, endpointHost?: string, intent = play, options: DiagnoseOptions = {}): Diagnosis =>
  diagnose(
    acsHmac,
    { secret: intent.secret, ...(endpointHost !== undefined && { endpointHost }) },
    acsRequest(intent, change),
    { now: intent.at, ...options },
  );
const sinch = (change: Change): Diagnosis =>
  diagnose(sinchApplication, { keyId: sinchKeyId, secret: callback.secret }, sinchRequest(callback, change), {
    now: callback.at,
  });
const saying =
  (...further: Header[]) =>
  (headers: Header[]): Header[] => [...headers, ...further];
const ids = ({ verdict, mistakes }: Diagnosis): string => `${verdict} ${mistakes.map(({ id }) => id).join()}`;

describe('what proxies say of the request is tried', () => {
  test.each([
    ['X-Forwarded-Host', 'public.example.com'],
    ['X-Forwarded-Host', 'public.example.com, inner.example.com'],
    ['X-Original-Host', 'public.example.com'],
    ['Forwarded', 'for=192.0.2.60;proto=https;host=public.example.com'],
    ['Forwarded', 'for=192.0.2.60, for=10.0.0.1;host="public.example.com";proto=http'],
    ['X-Original-URL', 'https://public.example.com/calling'],
  ])('%s: %s', (name, value) => {
    const found = acs((signing) => {
      signing.host = 'public.example.com';
      signing.headers = saying([name, value]);
    });
    expect(ids(found)).toBe('explained url/host');
    expect(found.mistakes[0]?.summary).toContain(name.toLowerCase());
  });

  test('X-Forwarded-Port alone', () => {
    const found = acs((signing) => {
      signing.host = `${play.host}:9443`;
      signing.headers = saying(['X-Forwarded-Port', '9443']);
    });
    expect(ids(found)).toBe('explained url/host');
  });

  test('X-Forwarded-Port beside X-Forwarded-Host', () => {
    const found = acs((signing) => {
      signing.host = 'public.example.com:8443';
      signing.headers = saying(['X-Forwarded-Host', 'public.example.com'], ['X-Forwarded-Port', '8443']);
    });
    expect(ids(found)).toBe('explained url/host');
  });

  test.each([
    ['X-Forwarded-Prefix', '/telephony-gw'],
    ['X-Forwarded-Prefix', 'telephony-gw/'],
    ['X-Forwarded-Prefix', '/telephony-gw, '],
    ['X-Forwarded-Path', '/telephony-gw'],
    ['X-Forwarded-Path', '/telephony-gw/sinch/ice'],
    ['X-Script-Name', '/telephony-gw'],
    ['X-Original-URI', '/telephony-gw/sinch/ice'],
    ['X-Original-URL', '/telephony-gw/sinch/ice'],
    ['X-Original-URL', 'https://public.example.com/telephony-gw/sinch/ice'],
    ['X-Rewrite-URL', '/telephony-gw/sinch/ice'],
    ['X-Envoy-Original-Path', '/telephony-gw/sinch/ice?x=1'],
  ])('%s: %s', (name, value) => {
    const found = sinch((signing) => {
      signing.target = '/telephony-gw/sinch/ice';
      signing.headers = saying([name, value]);
    });
    expect(ids(found)).toBe('explained url/path');
    expect(found.mistakes[0]?.summary).toContain(name.toLowerCase());
  });

  test('prefixes that proxies usually cut, without a header', () => {
    for (const prefix of ['/api', '/v1', '/production', '/webhooks', '/api/v1'])
      expect(ids(sinch((signing) => void (signing.target = `${prefix}/sinch/ice`)))).toBe('explained url/path');
  });

  test('very many of them are no more work', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `h${at}.example.com`).join(', ');
    const found = acs(
      (signing) => {
        signing.key = Buffer.from('of nobody');
        signing.headers = saying(['X-Forwarded-Host', many], ['Forwarded', many], ['X-Forwarded-Prefix', many]);
      },
      undefined,
      play,
      { budget: { mistakes: 1, candidates: 100 } },
    );
    expect(found.verdict).toBe('unexplained');
  });
});

describe('the host of the connection string', () => {
  const gateway: Intent = { ...play, host: 'contoso-apim.azure-api.net' };

  test('was signed, and the request went to a gateway', () => {
    const found = acs((signing) => void (signing.host = play.host), play.host, gateway);
    expect(ids(found)).toBe('explained url/host');
    expect(found.mistakes[0]?.summary).toContain('connection string');
  });

  test('and the path behind the gateway', () => {
    const intent: Intent = { ...gateway, path: `/acs${play.path}` };
    const found = acs(
      (signing) => {
        signing.host = play.host;
        signing.target = `${play.path}?${play.query}`;
      },
      play.host,
      intent,
    );
    expect(ids(found)).toBe('explained url/path,url/host');
  });

  test('stands in for the Host header that a paste lacks, and nobody is accused of not sending it', () => {
    const withoutHost = (change: Change) => (signing: Signing) => {
      change(signing);
      signing.headers = (headers) => headers.filter(([name]) => name !== 'Host');
    };
    const right = acs(
      withoutHost(() => {}),
      play.host,
    );
    expect(ids(right)).toBe('valid ');
    expect(right.notes.map(({ id }) => id)).toContain('input/host');
    const textKey = acs(
      withoutHost((signing) => void (signing.key = Buffer.from(play.secret))),
      play.host,
    );
    expect(ids(textKey)).toBe('explained key/encoding');
  });
});

describe('another target was signed', () => {
  test.each(['2023-03-06', '2026-03-12', '2024-11-15-preview'])('api-version=%s: two constants', (version) => {
    const found = acs((signing) => void (signing.target = `${play.path}?api-version=${version}`));
    expect(ids(found)).toBe('explained url/query-other');
    expect(found.mistakes[0]?.summary).toContain(version);
  });

  test('a value given as a variable', () => {
    const found = acs((signing) => void (signing.target = `${play.path}?api-version=next`), undefined, play, {
      variables: { API_VERSION: 'next' },
    });
    expect(ids(found)).toBe('explained url/query-other');
  });

  test.each([':Play', ':PLAY'])('%s for :play', (action) => {
    const found = acs((signing) => void (signing.target = signing.target.replace(':play', action)));
    expect(ids(found)).toBe('explained url/path');
  });

  const identity = '8:acs:c0157e51-0000-4000-8000-000000000001_0000000a-1b2c-3d4e';
  const token: Intent = {
    ...play,
    path: `/identities/${identity}/:issueAccessToken`,
    query: 'api-version=2023-10-01',
    body: '{"scopes":["voip"]}',
  };
  test.each([
    ['all of the identifier', (path: string) => path.replace(identity, encodeURIComponent(identity))],
    ['one of it', (path: string) => path.replace('8:', '8%3A')],
    ['that of the action', (path: string) => path.replace(':issue', '%3Aissue')],
    ['all of the identifier, in lower case', (path: string) => path.replace('8:acs:', '8%3aacs%3a')],
  ])('colons encoded and as they are in one path: %s', (_, change) => {
    const found = acs((signing) => void (signing.target = change(signing.target)), undefined, token);
    expect(ids(found)).toBe('explained url/path-encoding');
    const sent: Intent = { ...token, path: change(token.path) };
    const reverse = acs((signing) => void (signing.target = `${token.path}?${token.query}`), undefined, sent);
    expect(ids(reverse)).toBe('explained url/path-encoding');
  });
});

describe('three mistakes at once, two of them in the layout', () => {
  test('query and host left out, and another separator', () => {
    const change: Change = (signing) => {
      signing.join = ({ method, date, hash }) => [method, play.path, date, hash].join('\n');
    };
    const found = acs(change);
    expect(ids(found)).toBe('explained url/query-omitted,layout/part-missing,layout/separator');
  });
});

describe('what stood before or in the path is tried', () => {
  const signed = (target: string, headers: Header[] = [], options: DiagnoseOptions = {}): string => {
    const message = sinchRequest(callback, (signing) => {
      signing.target = target;
      signing.headers = saying(...headers);
    });
    return ids(
      diagnose(sinchApplication, { keyId: sinchKeyId, secret: callback.secret }, message, {
        now: callback.at,
        ...options,
      }),
    );
  };

  test('prefixes that several proxies cut off, one behind the other', () => {
    expect(signed('/edge-7/gw/sinch/ice', [['X-Forwarded-Prefix', '/edge-7, /gw']])).toBe('explained url/path');
    const twice: Header[] = [
      ['X-Forwarded-Prefix', '/gw'],
      ['X-Forwarded-Prefix', '/edge-7'],
    ];
    expect(signed('/edge-7/gw/sinch/ice', twice)).toBe('explained url/path');
  });

  test('the public URL as a whole', () => {
    const url = 'https://hooks.example.org/gw-7/sinch/ice';
    expect(signed(url, [], { publicUrls: [url] })).toBe('explained url/absolute');
    expect(signed(url, [], { publicUrls: ['https://hooks.example.org/gw-7'] })).toBe('explained url/absolute');
  });

  test('the URL on the machine itself, behind a tunnel', () => {
    expect(signed('http://localhost:3000/sinch/ice')).toBe('explained url/absolute');
  });

  test('a number in the path by another way to write it, and words in other letters', () => {
    const query: Intent = {
      ...play,
      method: 'GET',
      path: '/v1/calling/query/number/+46700002222',
      query: '',
      body: '',
    };
    for (const number of ['46700002222', '0046700002222']) {
      const message = sinchRequest(query, (signing) => void (signing.target = `/v1/calling/query/number/${number}`));
      const found = diagnose(sinchApplication, { keyId: sinchKeyId, secret: query.secret }, message, { now: query.at });
      expect(ids(found)).toBe('explained url/path');
    }
    const send: Intent = { ...play, path: play.path.replace(':play', ':sendDtmfTones') };
    const upper = `${send.path}?${send.query}`.replace('Dtmf', 'DTMF');
    expect(ids(acs((signing) => void (signing.target = upper), undefined, send))).toBe('explained url/path');
    const id = `${play.path}?${play.query}`.replace('401f3500-1b2c-4d5e-8f90', '401F3500-1B2C-4D5E-8F90');
    expect(ids(acs((signing) => void (signing.target = id.replace('ab:play', 'AB:play'))))).toBe('explained url/path');
  });
});
