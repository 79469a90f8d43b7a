import { expect, test } from 'vitest';
import { ownNumber, startVoice, type VoiceSetting, type VoiceUnderTest } from './voice-under-test.ts';

const alice = '+12065550171';

const mainMenu = {
  id: 'main',
  mainPrompt: '#tts[Press one or two]',
  repeatPrompt: '#tts[Again please]',
  repeats: 2,
  options: [
    { dtmf: 1, action: 'return(sales)' },
    { dtmf: '2', action: 'menu(code)' },
    { dtmf: '3', action: 'return' },
  ],
};
const codeMenu = { id: 'code', mainPrompt: '#tts[Your code]', maxDigits: 4, timeoutMills: 2000 };

test('a key returns its value in a PIE, whose answer goes on with the call', async () => {
  const voice = await callMenu({
    pie: { instructions: [{ name: 'say', text: 'Thank you' }], action: { name: 'hangup' } },
  });
  await voice.advance(2_000);
  expect(voice.phones.phone(alice).state).toBe('connected');
  voice.phones.press(alice, '1');
  await voice.advance(3_000);
  expect(voice.application.events('pie')).toMatchObject([
    { menuResult: { menuId: 'main', type: 'return', value: 'sales', inputMethod: 'dtmf' } },
  ]);
  expect(voice.heard(alice)).toEqual(['Press one or two', 'Thank you']);
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'MANAGERHANGUP' }]);
});

test('a key leads to a sub-menu, which collects digits into a sequence', async () => {
  const voice = await callMenu();
  await voice.advance(2_000);
  voice.phones.press(alice, '2');
  await voice.advance(1_000);
  voice.phones.press(alice, '12');
  await voice.advance(500);
  voice.phones.press(alice, '34');
  await voice.advance(100);
  expect(voice.application.events('pie')).toMatchObject([
    { menuResult: { menuId: 'code', type: 'sequence', value: '1234', inputMethod: 'dtmf' } },
  ]);
});

test('fewer digits are submitted when no further one comes in time, or at the hash key', async () => {
  const voice = await callMenu();
  await voice.advance(2_000);
  voice.phones.press(alice, '2');
  await voice.advance(1_000);
  voice.phones.press(alice, '12');
  await voice.advance(1_900);
  expect(voice.application.events('pie')).toEqual([]);
  await voice.advance(200);
  expect(voice.application.events('pie')).toMatchObject([{ menuResult: { type: 'sequence', value: '12' } }]);

  const other = await callMenu();
  await other.advance(2_000);
  other.phones.press(alice, '2');
  await other.advance(1_000);
  other.phones.press(alice, '77#');
  await other.advance(10);
  expect(other.application.events('pie')).toMatchObject([{ menuResult: { type: 'sequence', value: '77' } }]);
});

test('wrong keys and silence are met with the repeat prompt, then told as invalidinput or timeout', async () => {
  const voice = await callMenu();
  await voice.advance(2_000);
  voice.phones.press(alice, '9');
  await voice.advance(1_000);
  expect(voice.heard(alice)).toEqual(['Press one or two', 'Again please']);
  // The second repetition follows five seconds of silence, the PIE another five.
  await voice.advance(5_000);
  expect(voice.heard(alice)).toEqual(['Press one or two', 'Again please', 'Again please']);
  expect(voice.application.events('pie')).toEqual([]);
  await voice.advance(6_000);
  expect(voice.application.events('pie')).toMatchObject([{ menuResult: { menuId: 'main', type: 'timeout' } }]);

  const other = await callMenu({}, { ...mainMenu, repeats: 0 });
  await other.advance(2_000);
  other.phones.press(alice, '8');
  await other.advance(10);
  expect(other.application.events('pie')).toMatchObject([{ menuResult: { menuId: 'main', type: 'invalidinput' } }]);
});

test('a key during the prompt stops it, unless barge is false', async () => {
  const voice = await callMenu();
  await voice.advance(200);
  voice.phones.press(alice, '1');
  await voice.advance(10);
  expect(voice.application.events('pie')).toHaveLength(1);

  const patient = await callMenu({}, mainMenu, { barge: false });
  await patient.advance(200);
  patient.phones.press(alice, '1');
  await patient.advance(10);
  expect(patient.application.events('pie')).toEqual([]);
  await patient.advance(2_000);
  patient.phones.press(alice, '1');
  await patient.advance(10);
  expect(patient.application.events('pie')).toHaveLength(1);
});

test('return without a value returns the key', async () => {
  const voice = await callMenu();
  await voice.advance(2_000);
  voice.phones.press(alice, '3');
  await voice.advance(10);
  expect(voice.application.events('pie')).toMatchObject([{ menuResult: { type: 'return', value: '3' } }]);
});

test('a party that hangs up in a menu is told as hangup', async () => {
  const voice = await callMenu();
  await voice.advance(2_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.application.events('pie')).toMatchObject([{ menuResult: { menuId: 'main', type: 'hangup' } }]);
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'CALLERHANGUP' }]);
});

test('with enableVoice a spoken digit counts as its key', async () => {
  const voice = await callMenu({}, mainMenu, { enableVoice: true, locale: 'en-US' });
  await voice.advance(2_000);
  voice.phones.say(alice, 'one');
  await voice.advance(3_000);
  expect(voice.application.events('pie')).toMatchObject([
    { menuResult: { type: 'return', value: 'sales', inputMethod: 'voice' } },
  ]);
});

test('mainMenu chooses the menu that is played first', async () => {
  const voice = await callMenu({}, mainMenu, { mainMenu: 'code' });
  await voice.advance(2_000);
  expect(voice.heard(alice)).toEqual(['Your code']);
});

test('the answer to a PIE may run another menu, and connect the caller', async () => {
  const bob = '+12065550172';
  const voice = await callMenu({
    pie: [
      { action: { name: 'runMenu', menus: [{ ...mainMenu, mainPrompt: '#tts[Sure?]' }, codeMenu] } },
      { action: { name: 'connectPstn', number: bob } },
    ],
  });
  await voice.advance(2_000);
  voice.phones.press(alice, '1');
  await voice.advance(1_000);
  voice.phones.press(alice, '1');
  await voice.advance(2_000);
  expect(voice.heard(alice)).toEqual(['Press one or two', 'Sure?']);
  expect(voice.phones.phone(bob).state).toBe('connected');
});

test('a menu can be run with a callee, from the answer to ACE', async () => {
  const voice = await startVoice({
    answers: {
      ace: { action: { name: 'runMenu', menus: [mainMenu, codeMenu] } },
      pie: { action: { name: 'continue' } },
    },
  });
  await voice.sinch.voice.callouts.tts({
    ttsCalloutRequestBody: {
      method: 'ttsCallout',
      ttsCallout: {
        cli: ownNumber,
        destination: { type: 'number', endpoint: alice },
        text: 'Your order has left',
        enableAce: true,
        enablePie: true,
      },
    },
  });
  await voice.advance(2_500);
  voice.phones.press(alice, '1');
  await voice.advance(10_000);
  expect(voice.application.events('pie')).toHaveLength(1);
  expect(voice.heard(alice)).toEqual(['Press one or two', 'Your order has left']);
});

test('without enablePie a callout’s menu tells nobody, and the callout goes on', async () => {
  const voice = await startVoice({ answers: { ace: { action: { name: 'runMenu', menus: [mainMenu, codeMenu] } } } });
  await voice.sinch.voice.callouts.tts({
    ttsCalloutRequestBody: {
      method: 'ttsCallout',
      ttsCallout: {
        cli: ownNumber,
        destination: { type: 'number', endpoint: alice },
        text: 'Your order has left',
        enableAce: true,
      },
    },
  });
  await voice.advance(2_500);
  voice.phones.press(alice, '1');
  await voice.advance(10_000);
  expect(voice.application.received.map(({ event }) => event['event'])).toEqual(['ace']);
  expect(voice.heard(alice)).toEqual(['Press one or two', 'Your order has left']);
});

test('a prompt that cannot be had ends the menu as an error', async () => {
  const voice = await callMenu({}, { id: 'main', mainPrompt: 'never-uploaded.wav', options: [] });
  await voice.advance(100);
  expect(voice.application.events('pie')).toMatchObject([
    {
      menuResult: {
        menuId: 'main',
        type: 'error',
        value:
          '"never-uploaded.wav" names a file that was uploaded to Sinch; "sinch.uploadsUrl" of the configuration says where such files are served here',
      },
    },
  ]);
});

test('a sub-menu leads back to the main menu, whose wrong keys are counted again', async () => {
  const back = { id: 'code', mainPrompt: '#tts[Your code]', options: [{ dtmf: '0', action: 'menu' }] };
  const voice = await callMenu({}, mainMenu, { menus: [{ ...mainMenu, repeats: 1 }, back] });
  await voice.advance(1_500);
  voice.phones.press(alice, '9');
  await voice.advance(1_500);
  voice.phones.press(alice, '2');
  await voice.advance(1_500);
  voice.phones.press(alice, '0');
  await voice.advance(1_500);
  voice.phones.press(alice, '9');
  await voice.advance(1_500);
  expect(voice.heard(alice)).toEqual([
    'Press one or two',
    'Again please',
    'Your code',
    'Press one or two',
    'Again please',
  ]);
  voice.phones.press(alice, '9');
  await voice.advance(10);
  expect(voice.application.events('pie')).toMatchObject([{ menuResult: { menuId: 'main', type: 'invalidinput' } }]);
});

test.for<[string, Record<string, unknown>, (voice: VoiceUnderTest) => unknown, unknown]>([
  [
    'connectSip',
    { destination: { endpoint: 'desk@pbx' } },
    (voice) => voice.phones.phone('desk@pbx').state,
    'connected',
  ],
  ['connectConf', { conferenceId: 'room' }, (voice) => voice.switchboard.calls().length, 2],
  ['hangup', {}, (voice) => voice.phones.phone(alice).state, 'idle'],
])('the answer to a PIE may be %s', async ([name, fields, look, seen]) => {
  const voice = await callMenu({ pie: { action: { name, ...fields } } });
  await voice.advance(2_000);
  voice.phones.press(alice, '1');
  await voice.advance(2_000);
  expect(look(voice)).toBe(seen);
});

test('the answer to a PIE may send keys, record and stop recording', async () => {
  const voice = await callMenu({
    pie: [
      {
        instructions: [{ name: 'startRecording' }, { name: 'sendDtmf', value: '7w8' }],
        action: { name: 'runMenu', menus: [mainMenu, codeMenu] },
      },
      { instructions: [{ name: 'stopRecording' }, { name: 'say', text: 'Off the record' }] },
    ],
  });
  await voice.advance(2_000);
  voice.phones.press(alice, '1');
  await voice.advance(2_000);
  voice.phones.press(alice, '1');
  await voice.advance(200);
  expect(voice.heard(alice)).toEqual(['Press one or two', '7w8', 'Press one or two', 'Off the record']);
  expect(voice.application.events('notify').map(({ type }) => type)).toEqual([
    'recording_finished',
    'recording_available',
  ]);
});

async function callMenu(
  answers: NonNullable<VoiceSetting['answers']> = {},
  main: Record<string, unknown> = mainMenu,
  fields: Record<string, unknown> = {},
): Promise<VoiceUnderTest> {
  const menus = [main, ...('options' in main ? [codeMenu] : [])];
  const voice = await startVoice({
    answers: { ice: { action: { name: 'RunMenu', menus, ...fields } }, ...answers },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(1);
  return voice;
}
