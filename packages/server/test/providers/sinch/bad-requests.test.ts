import { expect, test } from 'vitest';
import { sinchErrors } from '../../../src/providers/sinch/protocol/errors.ts';
import { ownNumber, startVoice } from './voice-under-test.ts';

const callouts = '/calling/v1/callouts';
const destination = { type: 'number', endpoint: '+12065550171' };
const tts = (member: Record<string, unknown>) => ({
  method: 'ttsCallout',
  ttsCallout: { cli: ownNumber, destination, text: 'Hi', ...member },
});

test.for<[title: string, body: unknown, errorCode: number, message: string | RegExp]>([
  ['no body', undefined, 40003, 'Request data missing'],
  ['no JSON', '{"method":', 40001, /^Invalid parameters: the body is not JSON/],
  [
    'JSON that is nested very deeply',
    `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    40001,
    'Invalid parameters: the body is not JSON: it is nested more than 1000 levels deep',
  ],
  [
    'JSON of very many values',
    `{"a":[${'{},'.repeat(20_000)}{}]}`,
    40001,
    'Invalid parameters: the body is not JSON: it has more than 20000 values',
  ],
  ['an array', [], 40001, /^Invalid parameters: the body must be object/],
  ['no method', {}, 40002, 'Bad request: method is missing'],
  [
    'another method',
    { method: 'call' },
    40001,
    'Method needs to be `ttsCallout`, `conferenceCallout`, or `customCallout`',
  ],
  ['a method named like something every object has', { method: 'constructor' }, 40001, /^Method needs to be/],
  [
    'a destination named like something every object has',
    tts({ destination: { type: 'constructor', endpoint: 'x' } }),
    40001,
    /none of number, username, sip$/,
  ],
  ['no member', { method: 'ttsCallout' }, 40002, 'Bad request: TTS callout information missing'],
  [
    'no member of a conference callout',
    { method: 'conferenceCallout' },
    40002,
    'Bad request: Conference callout information missing',
  ],
  ['no destination', tts({ destination: undefined }), 40002, 'Bad request: ttsCallout.destination is missing'],
  [
    'no endpoint',
    tts({ destination: { type: 'number' } }),
    40002,
    'Bad request: ttsCallout.destination.endpoint is missing',
  ],
  [
    'a destination of another type',
    tts({ destination: { type: 'fax', endpoint: '1' } }),
    40001,
    'Invalid parameters: ttsCallout.destination.type "fax" is none of number, username, sip',
  ],
  [
    'a number without its plus',
    tts({ destination: { type: 'number', endpoint: '12065550171' } }),
    40005,
    'ttsCallout.destination.endpoint "12065550171" is missing its leading plus',
  ],
  ['a number that is none', tts({ destination: { type: 'number', endpoint: '+12ab' } }), 40001, /no E\.164 number/],
  ['a text of the wrong type', tts({ text: 7 }), 40001, 'Invalid parameters: ttsCallout.text must be string'],
  [
    'a text that is too long',
    tts({ text: 'x'.repeat(601) }),
    40001,
    /^Invalid parameters: ttsCallout\.text must not have more than 600 characters/,
  ],
  [
    'neither text nor prompts',
    tts({ text: undefined }),
    40002,
    'Bad request: ttsCallout.text or ttsCallout.prompts is missing',
  ],
  [
    'an unclosed prompt',
    tts({ prompts: '#tts[Hello' }),
    40001,
    'Invalid parameters: ttsCallout.prompts: #tts[ at character 0 has no closing bracket',
  ],
  ['keys that are none', tts({ dtmf: '1,2' }), 40001, /^Invalid parameters: ttsCallout\.dtmf/],
  [
    'a custom callout without destination and ice',
    { method: 'customCallout', customCallout: {} },
    40002,
    'Bad request: customCallout.destination or customCallout.ice is missing',
  ],
])('%s: refused with what and where', async ([, body, errorCode, message]) => {
  const voice = await startVoice();
  const answer = await voice.request('POST', callouts, { body });
  expect(answer).toMatchObject({ status: 400, body: { errorCode } });
  if (typeof message === 'string') expect(answer.body['message']).toBe(message);
  else expect(answer.body['message']).toMatch(message);
  expect(voice.switchboard.calls()).toEqual([]);
});

test('too many, too long and non-ASCII X-CB headers are refused', async () => {
  const voice = await startVoice();
  const send = (headers: Record<string, string>) => voice.request('POST', callouts, { headers, body: tts({}) });
  const six = Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`X-CB-${number}`, 'x']));
  expect((await send(six)).body['message']).toBe('Invalid parameters: 6 X-CB- headers; 5 are allowed');
  expect(await send({ [`X-CB-${'n'.repeat(28)}`]: 'x' })).toMatchObject({ status: 400, body: { errorCode: 40001 } });
  expect(await send({ 'X-CB-A': 'v'.repeat(129) })).toMatchObject({ status: 400, body: { errorCode: 40001 } });
  expect(await send({ 'X-CB-A': 'v'.repeat(128) })).toMatchObject({ status: 200 });
});

test.for(Object.keys(sinchErrors).map(Number))('the fault switch answers with %i', async (errorCode) => {
  const voice = await startVoice();
  voice.faults.set('sinch', { name: 'sinch', code: String(errorCode) });
  const answer = await voice.request('POST', callouts, { body: tts({}) });
  expect(answer.status).toBe(Math.floor(errorCode / 100));
  expect(answer.body).toMatchObject({ errorCode, message: expect.any(String), reference: expect.any(String) });
});

test('a body beyond the limit is refused, and the server goes on', async () => {
  const voice = await startVoice();
  const answer = await voice.request('POST', callouts, { body: `"${'x'.repeat(1_000_001)}"` });
  expect(answer).toMatchObject({
    status: 413,
    body: { errorCode: 41300, message: expect.stringContaining('1000000 bytes') },
  });
  expect(await voice.request('GET', '/v1/configuration/numbers')).toMatchObject({ status: 200 });
});

test('the error body has the status name that Sinch’s error page shows, and an id to look for', async () => {
  const voice = await startVoice();
  const { body } = await voice.request('POST', callouts, { body: {} });
  expect(body).toEqual({
    status: '400 MissingParameter',
    errorCode: 40002,
    message: 'Bad request: method is missing',
    reference: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('paths that are no operation, and other methods, are not found; a trailing slash is', async () => {
  const voice = await startVoice();
  for (const [method, path] of [
    ['GET', '/calling/v1/nonsense'],
    ['GET', '/v1/nonsense?x=1'],
    ['PUT', '/calling/v1/callouts'],
  ] as const) {
    const answer = await voice.request(method, path);
    const message = `No operation at ${method} ${path.replace('?x=1', '')}`;
    expect(answer).toMatchObject({ status: 404, body: { errorCode: 40400, message } });
  }
  expect(await voice.request('POST', '/calling/v1/callouts/', { body: tts({}) })).toMatchObject({ status: 200 });
  const unsigned = await fetch(`${voice.url}/calling/v1/nonsense`);
  expect(unsigned.status).toBe(401);
});
