import { expect, test } from 'vitest';
import { credentials, ownNumber, startVoice } from './voice-under-test.ts';

const applicationkey = credentials.applicationKey;

test('numbers are listed, assigned and unassigned with the official SDK, and calls to them follow', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'hangup' } } } });
  const { applications } = voice.sinch.voice;
  expect(await applications.listNumbers({})).toEqual({
    numbers: [{ number: ownNumber, applicationkey, capability: 'voice' }],
  });
  expect(await voice.phones.dial('+12065550171', '+12025550123')).toMatchObject({ ok: false });

  await applications.assignNumbers({
    assignNumbersRequestBody: { numbers: ['+12025550123', '+12025550124'], capability: 'voice' },
  });
  expect((await applications.listNumbers({})).numbers).toHaveLength(3);
  expect(await voice.phones.dial('+12065550171', '+12025550123')).toMatchObject({ ok: true });
  await voice.advance(100);
  expect(voice.application.events('ice')).toMatchObject([{ to: { type: 'did', endpoint: '+12025550123' } }]);

  await applications.unassignNumber({
    unassignNumbersRequestBody: { number: '+12025550123', applicationkey, capability: 'voice' },
  });
  expect((await applications.listNumbers({})).numbers).toContainEqual({ number: '+12025550123', capability: 'voice' });
  expect(await voice.phones.dial('+12065550171', '+12025550123')).toMatchObject({ ok: false });
});

test('callback URLs are set and got, and callbacks go there', async () => {
  const voice = await startVoice({ callbacks: 'none' });
  const { applications } = voice.sinch.voice;
  expect(await applications.getCallbackURLs({ applicationkey })).toEqual({ url: { primary: '', fallback: '' } });
  await applications.updateCallbackURLs({
    applicationkey,
    updateCallbacksRequestBody: {
      url: { primary: `${voice.application.url}/voice`, fallback: 'https://example.com/other' },
    },
  });
  expect(await applications.getCallbackURLs({ applicationkey })).toEqual({
    url: { primary: `${voice.application.url}/voice`, fallback: 'https://example.com/other' },
  });
  await voice.phones.dial('+12065550171', ownNumber);
  await voice.advance(100);
  expect(voice.application.received[0]).toMatchObject({ path: '/sinch/voice', genuine: true });
});

test('a number can be queried, however it is written', async () => {
  const voice = await startVoice();
  expect(await voice.sinch.voice.applications.queryNumber({ number: '+46 (0)700000000'.replace('(0)', '') })).toEqual({
    method: 'numberItem',
    number: {
      countryId: 'SE',
      numberType: 'Unknown',
      normalizedNumber: '+46700000000',
      restricted: false,
      rate: { currencyId: 'USD', amount: 0 },
    },
  });
  expect(await voice.request('GET', '/v1/calling/query/number/12015555555')).toMatchObject({
    status: 400,
    body: { errorCode: 40005, message: 'number "12015555555" is missing its leading plus' },
  });
});

test('the Python SDK’s spelling of applicationkey is taken, and numbers for SMS are numbers of their own', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'hangup' } } } });
  const path = '/v1/configuration/numbers';
  const body = { numbers: ['+12025550123'], capability: 'sms', applicationKey: applicationkey };
  expect(await voice.request('POST', path, { body })).toMatchObject({ status: 204, body: {} });
  expect(await voice.phones.dial('+12065550171', '+12025550123')).toMatchObject({ ok: false });
  const number = { number: '+12025550123', capability: 'sms', applicationKey: applicationkey };
  expect(await voice.request('DELETE', path, { body: number })).toMatchObject({ status: 204 });
});

test.for<[string, string, string, unknown, number, number, string]>([
  [
    'numbers without a plus',
    'POST',
    '/v1/configuration/numbers',
    { numbers: ['12025550123'] },
    400,
    40005,
    'numbers[0] "12025550123" is missing its leading plus',
  ],
  [
    'no numbers',
    'POST',
    '/v1/configuration/numbers',
    { numbers: [] },
    400,
    40001,
    'Invalid parameters: numbers must not have fewer than 1 items',
  ],
  [
    'an unknown application',
    'POST',
    '/v1/configuration/numbers',
    { numbers: ['+12025550123'], applicationkey: 'x' },
    400,
    40004,
    'Bad request: Application key is invalid',
  ],
  [
    'an unknown capability',
    'POST',
    '/v1/configuration/numbers',
    { numbers: ['+12025550123'], capability: 'fax' },
    400,
    40001,
    'Invalid parameters: capability must be one of voice, sms',
  ],
  [
    'a number that is not assigned',
    'DELETE',
    '/v1/configuration/numbers',
    { number: '+12025550123' },
    404,
    40400,
    'The number +12025550123 is not assigned to the application for voice',
  ],
  ['no number', 'DELETE', '/v1/configuration/numbers', {}, 400, 40002, 'Bad request: number is missing'],
  [
    'callback URLs of an unknown application',
    'GET',
    '/v1/configuration/callbacks/applications/nobody',
    undefined,
    404,
    40400,
    "No application has the key 'nobody'",
  ],
  [
    'a callback URL that is none',
    'POST',
    `/v1/configuration/callbacks/applications/${applicationkey}`,
    { url: { primary: 'ftp://example.com' } },
    400,
    40001,
    'Invalid parameters: url.primary "ftp://example.com" is not an http(s) URL',
  ],
])('%s: refused with what and where', async ([, method, path, body, status, errorCode, message]) => {
  const voice = await startVoice();
  expect(await voice.request(method, path, { body })).toMatchObject({ status, body: { errorCode, message } });
});
