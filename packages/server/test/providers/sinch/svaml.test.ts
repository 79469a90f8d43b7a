import { Voice } from '@sinch/sdk-core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSvaml } from '../../../src/providers/sinch/program/parse-svaml.ts';
import type { SvamlPlace } from '../../../src/providers/sinch/svaml/svaml-object.ts';

test('names are read in any case, and nothing at all asks for nothing', () => {
  expect(parseSvaml('{"action":{"name":"HANGUP"}}', 'ice')).toEqual({
    ok: true,
    svaml: { instructions: [], action: { name: 'hangup' } },
  });
  expect(parseSvaml(' ', 'ace')).toEqual({ ok: true, svaml: { instructions: [], action: undefined } });
  expect(parseSvaml('{"instructions":null,"action":null}', 'ace')).toMatchObject({ ok: true });
});

const allowed: Readonly<Record<string, readonly SvamlPlace[]>> = {
  hangup: ['ice', 'ace', 'pie', 'manage'],
  continue: ['ace', 'pie', 'manage'],
  connectPstn: ['ice', 'pie'],
  connectMxp: ['ice'],
  connectConf: ['ice', 'ace', 'pie'],
  connectSip: ['ice', 'pie'],
  connectStream: ['ice'],
  runMenu: ['ice', 'ace', 'pie'],
  park: ['ice', 'manage'],
};
const examples: Readonly<Record<string, object>> = {
  connectConf: { conferenceId: 'x' },
  connectSip: { destination: { endpoint: 'a@b' } },
  connectStream: { destination: { type: 'websocket', endpoint: 'wss://example.com/audio' } },
  runMenu: { menus: [{ id: 'main' }] },
};

test.for(Object.entries(allowed))('the action %s is taken in %s only', ([name, places]) => {
  for (const place of ['ice', 'ace', 'pie', 'manage'] as const) {
    const svaml = JSON.stringify({ action: { name, ...examples[name] } });
    expect(parseSvaml(svaml, place).ok, place).toBe(places.includes(place));
  }
});

const allowedInstructions: Readonly<Record<string, readonly SvamlPlace[]>> = {
  playFiles: ['ice', 'ace', 'pie', 'manage'],
  say: ['ice', 'ace', 'pie', 'manage'],
  sendDtmf: ['ice', 'pie', 'manage'],
  setCookie: ['ice', 'ace', 'pie', 'manage'],
  answer: ['ice', 'manage'],
  startRecording: ['ice', 'ace', 'pie', 'manage'],
  stopRecording: ['ice', 'ace', 'pie', 'manage'],
};

test.for(Object.entries(allowedInstructions))('the instruction %s is taken in %s only', ([name, places]) => {
  for (const place of ['ice', 'ace', 'pie', 'manage'] as const) {
    const svaml = JSON.stringify({ instructions: [{ name, ids: ['a.wav'], key: 'k', value: '1' }] });
    expect(parseSvaml(svaml, place).ok, place).toBe(places.includes(place));
  }
});

test.for([
  { action: { name: 'connectPstn', number: '+12233445566', cli: '+12234325234', amd: { enabled: 'true' } } },
  { action: { name: 'runMenu', menus: [{ id: 'main', options: [{ dtmf: 1, action: 'return(support)' }] }] } },
  {
    action: { name: 'connectSip', destination: { endpoint: '46708000000@sip.foo.com', type: 'Sip' }, transport: 'tls' },
  },
])('what Sinch’s own examples write is taken: %j', (svaml) => {
  expect(parseSvaml(JSON.stringify(svaml), 'ice')).toMatchObject({ ok: true });
});

test.for([
  ['{', /^the SVAML is not JSON: /],
  ['[]', 'SVAML is an object with "instructions" and "action"'],
  ['{"instructions":{}}', '"instructions" must be an array'],
  ['{"instructions":[{"text":"x"}]}', 'instructions[0].name is required'],
  ['{"instructions":[{"name":"sing"}]}', /^instructions\[0\]\.name "sing" is none of playFiles, say, /],
  ['{"instructions":[{"name":"playFiles"}]}', 'instructions[0].ids is required'],
  [
    JSON.stringify({ instructions: Array.from({ length: 5_000 }, () => ({ name: 'say', text: 'x' })) }),
    '"instructions" has 5000 items; at most 100 are read',
  ],
  [
    JSON.stringify({ instructions: [{ name: 'playFiles', ids: ['a;'.repeat(30), ...Array(15_000).fill('b')] }] }),
    'instructions[0] ids[21]: the ids have more than 50 prompts',
  ],
  [
    '{"instructions":[{"name":"playFiles","ids":["#tts[Hi]"]}]}',
    'instructions[0] needs a "locale" for #tts[] and #ssml[]',
  ],
  ['{"instructions":[{"name":"say","text":5}]}', 'instructions[0].text must be string'],
  ['{"instructions":[{"name":"sendDtmf","value":"1*"}]}', /^instructions\[0\]\.value must match pattern/],
  ['{"action":[{"name":"hangup"}]}', 'action must be an object with a "name"'],
  ['{"action":{"name":"dance"}}', /^action\.name "dance" is none of hangup, /],
  ['{"action":{"name":"connectConf"}}', 'action.conferenceId is required'],
  ['{"action":{"name":"connectPstn","maxDuration":14401}}', 'action.maxDuration must be <= 14400'],
  ['{"action":{"name":"connectPstn","indications":"xx"}}', /^action\.indications must be one of at, au, /],
  ['{"action":{"name":"connectSip","destination":{"endpoint":"a"},"transport":"ip"}}', /^action\.transport/],
  [
    '{"action":{"name":"connectStream","destination":{"type":"Websocket","endpoint":"https://example.com"}}}',
    'action destination.endpoint "https://example.com" is not a ws or wss URL',
  ],
  ['{"action":{"name":"park","maxDuration":601}}', 'action.maxDuration must be <= 600'],
  ['{"action":{"name":"park","holdPrompt":"#tts[x"}}', /^action holdPrompt: #tts\[/],
  ['{"action":{"name":"runMenu","menus":[{"id":"other"}]}}', 'action menus: no menu has the id "main"'],
  ['{"action":{"name":"runMenu","menus":[{"id":"main"},{"id":"main"}]}}', 'action menus: two menus have the same id'],
  [
    '{"action":{"name":"runMenu","mainMenu":"x","menus":[{"id":"main"}]}}',
    'action mainMenu "x" is the id of none of the menus',
  ],
  [
    '{"action":{"name":"runMenu","enableVoice":true,"menus":[{"id":"main"}]}}',
    'action needs a "locale" when enableVoice is true',
  ],
  [
    '{"action":{"name":"runMenu","menus":[{"id":"main","options":[{"dtmf":"1","action":"go"}]}]}}',
    'action menus[0].options[0].action "go" is none of return, return(value), menu, menu(id)',
  ],
  [
    '{"action":{"name":"runMenu","menus":[{"id":"main","options":[{"dtmf":"1","action":"menu(x)"}]}]}}',
    'action menus[0].options[0].action "menu(x)" names no menu',
  ],
] as const)('%s is refused with where and why', ([text, problem]) => {
  const result = parseSvaml(text, 'ice');
  if (result.ok) throw new Error('it was taken');
  if (typeof problem === 'string') expect(result.problem).toBe(problem);
  else expect(result.problem).toMatch(problem);
});

test('call headers of more than 1024 bytes in total are refused', () => {
  const action = { name: 'connectMxp', callHeaders: [{ key: 'k', value: 'é'.repeat(512) }] };
  expect(parseSvaml(JSON.stringify({ action }), 'ice')).toEqual({
    ok: false,
    problem: 'action callHeaders have more than 1024 bytes',
  });
});

test('what the official SDK’s builders make is taken', () => {
  const ice = new Voice.IceSvamletBuilder()
    .addInstruction(Voice.iceInstructionHelper.say('Welcome', 'en-US'))
    .addInstruction(Voice.iceInstructionHelper.setCookie('a', 'b'))
    .addInstruction(Voice.iceInstructionHelper.startRecording({ destinationUrl: 's3://x', credentials: 'y' }))
    .setAction(Voice.iceActionHelper.connectPstn({ number: '+46700000000', amd: { enabled: true, async: false } }))
    .build();
  expect(parseSvaml(JSON.stringify(ice), 'ice')).toMatchObject({ ok: true });
  const pie = Voice.customCalloutHelper.formatPieResponse(
    Voice.pieActionHelper.runMenu({ menus: [{ id: 'main', mainPrompt: '#tts[Hi]', maxDigits: 4 }] }),
    Voice.pieInstructionHelper.sendDtmf('ww12#'),
    Voice.pieInstructionHelper.stopRecording(),
  );
  expect(parseSvaml(pie, 'pie')).toMatchObject({ ok: true });
});

test('whatever stands there, reading it never throws and says what is wrong', () => {
  const names = [...Object.keys(allowed), ...Object.keys(allowedInstructions), 'constructor', '__proto__', ''];
  const element = fc.record(
    {
      name: fc.oneof(fc.constantFrom(...names), fc.anything()),
      ids: fc.anything(),
      menus: fc.anything(),
      text: fc.anything(),
      number: fc.anything(),
      options: fc.anything(),
      conferenceId: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const svaml = fc.record({
    instructions: fc.oneof(fc.array(element), fc.anything()),
    action: fc.oneof(element, fc.anything()),
  });
  fc.assert(
    fc.property(svaml, fc.constantFrom('ice', 'ace', 'pie', 'manage'), (value, place) => {
      const text = JSON.stringify(value, (_, member: unknown) =>
        typeof member === 'bigint' ? String(member) : member,
      );
      const result = parseSvaml(text, place as SvamlPlace);
      if (!result.ok) expect(result.problem).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
