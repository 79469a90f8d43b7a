import { expect, test } from 'vitest';
import { voiceOf } from '../../../src/providers/sinch/svaml/locale.ts';
import { parsePrompts } from '../../../src/providers/sinch/svaml/prompts.ts';

const read = (list: string) => parsePrompts(list, {});

test.for<[string, unknown[]]>([
  ['', []],
  ['greeting.wav', [{ kind: 'file', uri: 'greeting.wav' }]],
  ['#tts[Hello]', [{ kind: 'text', text: 'Hello', voice: {} }]],
  ['#TTS[Hello]', [{ kind: 'text', text: 'Hello', voice: {} }]],
  ['#tts[ Hello [again]; and again ]', [{ kind: 'text', text: 'Hello [again]; and again', voice: {} }]],
  ['#ssml[<speak>Hi</speak>]', [{ kind: 'ssml', ssml: '<speak>Hi</speak>', voice: {} }]],
  ['#ssml[Thank you for calling!]', [{ kind: 'ssml', ssml: '<speak>Thank you for calling!</speak>', voice: {} }]],
  ['#href[https://example.com/a.mp3]', [{ kind: 'file', uri: 'https://example.com/a.mp3' }]],
  ['https://example.com/a.mp3?x=1', [{ kind: 'file', uri: 'https://example.com/a.mp3?x=1' }]],
  [
    '#tts[One] ; two.wav;;#tts[Three];',
    [
      { kind: 'text', text: 'One', voice: {} },
      { kind: 'file', uri: 'two.wav' },
      { kind: 'text', text: 'Three', voice: {} },
    ],
  ],
])('the prompt list %j is read', ([list, prompts]) => {
  expect(read(list)).toEqual({ ok: true, prompts });
});

test.for([
  ['#tts[Hello', '#tts[ at character 0 has no closing bracket'],
  ['a.wav;#ssml[<speak>', '#ssml[ at character 6 has no closing bracket'],
  ['#tts[One]two.wav', 'expected ";" after #tts[…] at character 9'],
  ['#tts[ ]', '#tts[] is empty at character 0'],
  ['#href[file:///etc/passwd]', '#href[…] needs an http or https URL, and "file:///etc/passwd" is none at character 0'],
])('the prompt list %j is refused: %s', ([list, problem]) => {
  expect(read(list as string)).toEqual({ ok: false, problem });
});

test.for([
  [undefined, { locale: 'en-US' }],
  ['sv-SE', { locale: 'sv-SE' }],
  ['en-US/male', { locale: 'en-US', gender: 'male' }],
  ['en-GB-WLS/male', { locale: 'en-GB-WLS', gender: 'male' }],
  ['arb', { locale: 'arb' }],
  ['Joanna', { name: 'Joanna' }],
  ['Céline', { name: 'Céline' }],
] as const)('the locale %s asks for a voice', ([locale, voice]) => {
  expect(voiceOf(locale)).toEqual(voice);
});
