/**
 * How the work on media grows with what is sent. Each row makes an input of size `n` and does the work on it;
 * `growth.js` times it at n and 8 n. `n` is a size at which the work can be timed.
 */
import { wavFile, wholeFile } from '../../packages/server/dist/audio/audio-file.js';
import { pcmOf } from '../../packages/server/dist/audio/pcm.js';
import { renderPieces } from '../../packages/server/dist/audio/render-pieces.js';
import { decodeWav, encodeWav } from '../../packages/server/dist/audio/wav.js';
import { speakableText } from '../../packages/server/dist/speech/flite/speakable-text.js';
import { chooseFliteVoice } from '../../packages/server/dist/speech/flite/voices.js';
import { checkPrompt } from '../../packages/server/dist/speech/prompt-limits.js';
import { sayAs } from '../../packages/server/dist/speech/say-as.js';
import { parseSsml } from '../../packages/server/dist/speech/ssml.js';
import { splitText } from '../../packages/server/dist/speech/split-text.js';
import { FairQueue } from '../../packages/server/dist/threads/fair-queue.js';

const spoken = (inner) => `<speak>${inner}</speak>`;
const parse = (ssml) => {
  try {
    return parseSsml(ssml);
  } catch (error) {
    return error;
  }
};
const text = (name, unit, n = 5000) => ({
  name: `speakable text: ${name}`,
  n,
  make: (size) => unit.repeat(Math.ceil(size / unit.length)),
  run: speakableText,
});
const ssml = (name, make, n = 20_000) => ({ name: `SSML: ${name}`, n, make, run: parse });

export const growthOfMedia = [
  text('prose', 'Hello there. '),
  text('marks on one letter', '\u0301'),
  text('marks that have to be sorted', '\u0301\u0327'),
  text('Chinese', '你'),
  text('long vowels', 'ー'),
  text('Arabic words', 'ب '),
  text('phrases in one character', '\ufdfa', 500),
  text('Cyrillic', 'щ'),
  {
    name: 'dividing a text: prose',
    n: 10_000,
    make: (n) => 'One two. '.repeat(n / 9),
    run: (input) => splitText(input, 300),
  },
  { name: 'dividing a text: one word', n: 10_000, make: (n) => 'a'.repeat(n), run: (input) => splitText(input, 300) },
  {
    name: 'dividing a text: spaces',
    n: 10_000,
    make: (n) => `a${' '.repeat(n)}b`,
    run: (input) => splitText(input, 300),
  },
  ssml('sentences', (n) => spoken('<s>a</s>'.repeat(n / 8))),
  ssml('white space and boundaries', (n) => spoken(`a${' <p/>'.repeat(n / 5)}`)),
  ssml('manners without words', (n) => spoken(`a${'<prosody rate="2"> </prosody><p/>'.repeat(n / 33)}`)),
  ssml('nesting', (n) => spoken('<p>'.repeat(n / 3))),
  ssml('attributes', (n) => spoken(`<p ${Array.from({ length: n / 8 }, (_, at) => `a${at}=""`).join(' ')}/>`)),
  ssml('references', (n) => spoken('&amp;'.repeat(n / 5))),
  ssml('a document type', (n) => `<!DOCTYPE speak [${'<!ENTITY a "b">'.repeat(n / 15)}]>${spoken('a')}`),
  ssml('comments', (n) => spoken('<!-- -->'.repeat(n / 8))),
  ssml('a number', (n) => spoken(`<prosody rate="${'1'.repeat(n)}!">a</prosody>`)),
  ssml('text inside say-as', (n) => spoken(`<say-as interpret-as="digits">${'<w>1</w>'.repeat(n / 8)}</say-as>`)),
  ...['digits', 'cardinal', 'date', 'telephone', 'time', 'characters'].map((as) => ({
    name: `say-as ${as}`,
    n: 20_000,
    make: (n) => '1,2 '.repeat(n / 4),
    run: (input) => sayAs(input, as),
  })),
  {
    name: 'the name of a voice',
    n: 10_000,
    make: (n) => `en-US-${'Multilingual'.repeat(n / 12)}:`,
    run: (name) => chooseFliteVoice({ name }),
  },
  {
    name: 'what a prompt would come to',
    n: 20_000,
    make: (n) => Array.from({ length: n }, () => ({ kind: 'pause', ms: 0.001 })),
    run: checkPrompt,
  },
  {
    name: 'WAV: chunks',
    n: 20_000,
    make: (n) => Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), ...Array(n).fill(Buffer.from('LIST\0\0\0\0'))]),
    run: (bytes) => {
      try {
        return decodeWav(bytes);
      } catch (error) {
        return error;
      }
    },
  },
  {
    name: 'WAV: samples at another rate',
    n: 40_000,
    make: (n) => {
      const bytes = encodeWav(pcmOf(new Int16Array(n)));
      new DataView(bytes.buffer).setUint32(24, 44_100, true);
      return bytes;
    },
    run: (bytes) => decodeWav(bytes),
  },
  {
    name: 'rendering a timeline: entries one after the other',
    n: 500,
    make: (n) => Array.from({ length: n }, (_, at) => ({ media: 'a', startMs: at * 20, stopMs: at * 20 + 20 })),
    run: (entries) => {
      const sound = pcmOf(new Int16Array(320));
      const toMs = entries.length * 20;
      return wholeFile(wavFile([renderPieces(entries, [{ fromMs: 0, toMs }], () => sound)], toMs * 16));
    },
  },
  {
    name: 'a fair queue: a thousand calls',
    n: 4000,
    make: (n) => Array.from({ length: n }, (_, at) => [at, `line ${at % 1000}`]),
    run: (jobs) => {
      const queue = new FairQueue();
      for (const [job, line] of jobs) queue.add(job, [line, 'all']);
      while (queue.take() !== undefined);
    },
  },
];
