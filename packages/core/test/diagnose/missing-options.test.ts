import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { acsRequest, sinchKeyId, sinchRequest, type Intent, type Signing } from './broken-requests.ts';

const connection = '401f3500-1b2c-4d5e-8f90-0123456789ab';
const play: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: `/calling/callConnections/${connection}:play`,
  query: 'api-version=2023-10-15',
  contentType: 'application/json',
  body: '{"text":"Hello","to":"+12065550123"}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'JViE5vDor0Sw3WllZka15Q==',
};
const callback: Intent = { ...play, host: 'app.example.com', path: '/sinch/ice', query: '', body: '{"event":"ice"}' };
const nobody = (signing: Signing): void => void (signing.key = Buffer.from('a key of nobody'));
const few: DiagnoseOptions = { budget: { candidates: 200 } };

const acs = (intent: Intent, change = nobody, options: DiagnoseOptions = few): Diagnosis =>
  diagnose(acsHmac, { secret: intent.secret }, acsRequest(intent, change), { now: intent.at, ...options });
const sinch = (intent: Intent, change = nobody, options: DiagnoseOptions = few): Diagnosis =>
  diagnose(sinchApplication, { keyId: sinchKeyId, secret: intent.secret }, sinchRequest(intent, change), {
    now: intent.at,
    ...options,
  });
const options = ({ missing }: Diagnosis): string[] => missing.map(({ option }) => option);
const asked = (found: Diagnosis, option: string): string =>
  found.missing.find((missing) => missing.option === option)?.summary ?? '';
const search = ({ notes }: Diagnosis): string => notes.find(({ id }) => id === 'search')?.summary ?? '';

describe('what would let more be tried is named where nothing explained the signature', () => {
  test('--var with the parameters of this very route, and a value to name', () => {
    const found = acs(play);
    expect(found.verdict).toBe('unexplained');
    expect(options(found)).toEqual(['--var', '--also-secret-env', '--your-string']);
    expect(asked(found, '--var')).toContain('--var callConnectionId=<the value that was signed>');
    expect(asked(found, '--var')).toContain(`--var <name>=${connection}`);
    const participant = acs({ ...play, path: `/calling/callConnections/${connection}/participants/4:+12065550123` });
    expect(asked(participant, '--var')).toContain('callConnectionId, participantRawId, api-version');
  });

  test('--var with members of the body only where no content hash clears it', () => {
    expect(asked(acs(play), '--var')).toContain('a value for callConnectionId, api-version.');
    const callout = sinch({ ...play, host: 'calling.api.sinch.com', path: '/calling/v1/callouts', query: '' });
    expect(asked(callout, '--var')).toMatch(/a value for to\. .* --var <name>=\+12065550123$/);
  });

  test('--public-url where the host is a receiver’s own, with a URL to complete', () => {
    const found = sinch(callback);
    expect(options(found)).toEqual(['--public-url', '--also-secret-env', '--your-string']);
    expect(asked(found, '--public-url')).toContain('--public-url https://app.example.com/<prefix>/sinch/ice');
    expect(options(acs({ ...play, host: 'contoso.azure-api.net' }))).toContain('--public-url');
  });

  test('and not --public-url for a scheme that signs neither host nor path', () => {
    const headers = [
      ['x-sinch-webhook-signature-timestamp', '1716800887'],
      ['x-sinch-webhook-signature-nonce', 'n'],
      ['x-sinch-webhook-signature-algorithm', 'HmacSHA256'],
      ['x-sinch-webhook-signature', 'vXTv/+Er5r4HdpqdT08k4f9Tz4pwu1oMk4bc2SWTeCY='],
      ['host', 'hooks.example.com'],
    ] as const;
    const message = { method: 'POST', target: '/hook?id=1', headers, body: new TextEncoder().encode('{}') };
    const found = diagnose(sinchWebhook, { secret: 'foo_secret1234' }, message, { now: play.at, ...few });
    expect(options(found)).toEqual(['--also-secret-env', '--your-string']);
  });

  test('nothing that was given already', () => {
    const found = sinch(callback, nobody, {
      ...few,
      publicUrls: ['https://app.example.com/hooks'],
      yourStringToSign: 'POST',
      alsoSecrets: [{ secret: 'b3RoZXI=' }],
    });
    expect(options(found)).toEqual(['--also-secret-env']);
    expect(asked(found, '--also-secret-env')).toContain('besides the one that you named');
    const variables = { callConnectionId: 'another', version: '2023-10-15' };
    expect(options(acs(play, nobody, { ...few, variables }))).not.toContain('--var');
  });

  test('nothing beside an explanation, or where the signature can be no digest', () => {
    expect(acs(play, () => {}).missing).toEqual([]);
    expect(acs(play, (signing) => void (signing.method = 'post')).missing).toEqual([]);
    const unreadable = acs(play, (signing) => (signing.digest = () => 'xxxxx'));
    expect(unreadable).toMatchObject({ verdict: 'unexplained', missing: [] });
    expect(search(unreadable)).toContain('can be no digest');
  });
});

describe('another key is called the usual reason', () => {
  test('only where nothing else is open: no value and no budget', () => {
    const variables = { callConnectionId: 'another', version: '2023-10-15' };
    const one = { budget: { mistakes: 1 } } as const;
    expect(search(acs(play, nobody, { ...one, variables }))).toContain('What is left is usually another key.');
    expect(search(acs(play, nobody, one))).toContain('a value that the request does not show, or another key.');
    expect(search(acs(play, nobody, { ...few, variables }))).toContain(
      'for which the search had no room, or another key.',
    );
  });

  test('after what was tried, in words', () => {
    const found = acs(play, nobody, { budget: { mistakes: 1 } });
    expect(search(found)).toMatch(/\d+ other keys/);
    expect(search(found)).toMatch(/\d+ other values of the target/);
    expect(search(found)).toMatch(/\d+ other values of the host/);
    expect(search(found)).toContain(found.tried.toLocaleString('en'));
  });
});

describe('with what was asked for', () => {
  test('the id of an earlier call explains the signature', () => {
    const earlier = '11111111-2222-4333-8444-555555555555';
    const found = acs(play, (signing) => (signing.target = signing.target.replace(connection, earlier)), {
      variables: { callConnectionId: earlier },
    });
    expect(found.mistakes).toMatchObject([{ id: 'url/path', certainty: 'proven' }]);
    expect(found.mistakes[0]?.summary).toContain('the value that you gave for callConnectionId');
  });

  test.each([
    ['the URL of the request', 'https://app.example.com/telephony/sinch/ice'],
    ['the URL that its path stands behind', 'https://app.example.com/telephony/'],
  ])('%s explains a path whose prefix a proxy took off', (_, url) => {
    const found = sinch(callback, (signing) => (signing.target = `/telephony${signing.target}`), { publicUrls: [url] });
    expect(found.mistakes).toMatchObject([{ id: 'url/path', yours: '/telephony/sinch/ice', expected: '/sinch/ice' }]);
    expect(found.mistakes[0]?.summary).toContain('public URL');
  });

  test('a host that was named with a path is such a URL', () => {
    const found = sinch(callback, (signing) => (signing.target = `/telephony${signing.target}`), {
      publicHosts: ['app.example.com/telephony'],
    });
    expect(found.mistakes).toMatchObject([{ id: 'url/path' }]);
  });

  test('the URL of the service explains a host and a path that a gateway changed', () => {
    const behind = { ...play, host: 'contoso.azure-api.net', path: '/acs/emails:send' };
    const sign = (signing: Signing): void => {
      signing.host = play.host;
      signing.target = '/emails:send?api-version=2023-10-15';
    };
    const found = acs(behind, sign, { publicUrls: [`https://${play.host}/emails:send`] });
    expect(found.mistakes.map(({ id }) => id)).toEqual(['url/path', 'url/host']);
  });

  test('URLs that cannot be read are left out', () => {
    expect(acs(play, () => {}, { publicUrls: ['', 'nonsense', 'https://'] }).verdict).toBe('valid');
  });
});
