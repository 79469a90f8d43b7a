import { message } from '@countersign/core/message';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { unfilledNote, unfilledPlaceholders } from '@countersign/core/unfilled-placeholders';
import { describe, expect, it } from 'vitest';

const secret = new Secret('bm90IGEgc2VjcmV0', 'base64');

function found(scheme: Scheme, url: string, body: string | Uint8Array = '', headers = {}): string[] {
  const request = message({ method: 'POST', url: `https://api.example.com${url}`, headers, body });
  const { trace } = sign(scheme, { secret, keyId: 'key' }, request);
  return unfilledPlaceholders(scheme, request, trace()).map(({ part, placeholder }) => `${part} ${placeholder}`);
}

describe('a variable that nothing has filled in', () => {
  it.each([
    ['/calling/callConnections/{{callConnectionId}}:play?api-version=1', ['target {{callConnectionId}}']],
    ['/calling/callConnections/%7B%7BcallConnectionId%7D%7D', ['target {{callConnectionId}}']],
    ['/calling/callConnections/{callConnectionId}', ['target {callConnectionId}']],
    ['/calling/callConnections/<callConnectionId>', ['target <callConnectionId>']],
    ['/calling/callConnections/%3Cyour-id%3E', ['target <your-id>']],
    ['/calling/callConnections/${id}:play', ['target ${id}']],
    ['/calling/callConnections/$%7Bid%7D', ['target ${id}']],
    ['/calling/callConnections/:callConnectionId', ['target :callConnectionId']],
    ['/calling/callConnections/:callConnectionId:play', ['target :callConnectionId']],
    ['/calling/callConnections/:call/participants', ['target :call']],
    ['/calling/recordings/:recordingId?api-version={{version}}', ['target {{version}}', 'target :recordingId']],
    ['/identities/:id/:issueAccessToken', ['target :id']],
  ])('is found in %s', (url, placeholders) => expect(found(acsHmac, url)).toEqual(placeholders));

  it.each([
    '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play?api-version=2023-10-15',
    '/calling/callConnections:answer',
    '/calling/callConnections/1/participants:add',
    '/calling/callConnections/1/participants/4%3A%2B12065550123',
    '/calling/callConnections/1/participants/8:acs:c0157e51_0000',
    // Actions that the published API writes as segments of their own.
    '/identities/8:acs:1_2/:issueAccessToken?api-version=2023-10-01',
    '/identities/8:acs:1_2/:revokeAccessTokens',
    '/teamsUser/:exchangeAccessToken?api-version=2023-10-01',
    '/availablePhoneNumbers/:purchase',
    '/availablePhoneNumbers/countries/US/:search',
    '/kv?$select=key&after=MTIz',
  ])('is not seen in %s', (url) => expect(found(acsHmac, url)).toEqual([]));

  it.each([
    ['{"callbackUri":"{{host}}/events"}', ['body {{host}}']],
    ['{"loop": {{loop}}}', ['body {{loop}}']],
    ['{"to":"${TO}"}', ['body ${TO}']],
    ['{"to":"<number>"}', ['body <number>']],
    ['{"callbackUri":"https://<YOUR_HOST>/events"}', ['body <YOUR_HOST>']],
    ['{"callbackUri":"https://<yourHost>/events"}', ['body <yourHost>']],
    ['to={{to}}&text=Hello', ['body {{to}}']],
  ])('is found in the body %s', (body, placeholders) => expect(found(acsHmac, '/sms', body)).toEqual(placeholders));

  it.each([
    '{"a":{"b":{"c":{}}}}',
    '{"price":"$5 {or less}","a":"1 < 2 > 0"}',
    '{"ssml":"<speak>Hello <break time=\\"300ms\\"/> <prosody rate=\\"medium\\">you</prosody></speak>"}',
    '{"prompts":"#ssml[<speak>Hello</speak>]"}',
    '{"text":"one<br>two"}',
    '{"text":"<br>"}',
    '{"from":"Alice <alice@example.com>"}',
    '<?xml version="1.0"?><callId>1</callId>',
    '{"text":":play is an action"}',
  ])('is not seen in the body %s', (body) => expect(found(acsHmac, '/sms', body)).toEqual([]));

  it('is not looked for in bytes that are no text', () => {
    expect(found(acsHmac, '/sms', Uint8Array.from([0xff, ...Buffer.from('{{to}}')]))).toEqual([]);
  });

  it('counts where the scheme signs it: Sinch signs its content type and no query', () => {
    const type = { 'content-type': '{{type}}', 'x-other': '{{other}}' };
    expect(found(sinchApplication, '/calling/v1/calls/id/:callId?page={{page}}', '{}', type)).toEqual([
      'content-type {{type}}',
      'path :callId',
    ]);
  });

  it('is found with a scheme of one’s own; where nothing is known of the API, a last segment may be an action', () => {
    const own = defineScheme({ ...acsHmac, id: 'own' });
    expect(found(own, '/things/:thing/parts')).toEqual(['target :thing']);
    expect(found(own, '/things/:archive')).toEqual([]);
    expect(found(own, '/things/:thingId')).toEqual(['target :thingId']);
  });

  it('is said once, and five times at most', () => {
    expect(found(acsHmac, '/{{a}}/{{a}}')).toEqual(['target {{a}}']);
    expect(found(acsHmac, `/${[...'abcdefgh'].map((name) => `{{${name}}}`).join('/')}`)).toHaveLength(5);
    expect(unfilledNote({ placeholder: '{{a}}', part: 'target' })).toBe(
      '{{a}} in the target is signed as it is written; fill in variables before signing, and sign what is sent',
    );
  });

  it.each(['{{', '${a', '<a ', '"<a', '%7B', '/:a', '<aB'])(
    'is looked for in linear time: a megabyte of %s',
    (piece) => {
      expect(found(acsHmac, '/sms', piece.repeat(1_000_000 / piece.length)).length).toBeLessThanOrEqual(5);
    },
  );
});
