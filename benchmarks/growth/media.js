/** What of the server grows with what is spoken and played; a row's shape is that of `core.js`. */

const spoken = (inner) => `<speak>${inner}</speak>`;
const text = (name, unit, fewer = 1) => ({
  name: `speakable text: ${name}`,
  modules: ['speech/flite/speakable-text'],
  fewer,
  make: (n) => unit.repeat(Math.ceil(n / unit.length)),
  run: ({ speakableText }, input) => speakableText(input),
});
const ssml = (name, make) => ({
  name: `SSML: ${name}`,
  modules: ['speech/ssml'],
  make,
  run: ({ parseSsml }, input) => parseSsml(input),
});
const split = (name, make) => ({
  name: `dividing a text: ${name}`,
  modules: ['speech/split-text'],
  make,
  run: ({ splitText }, input) => splitText(input, 300),
});

export const rows = [
  text('prose', 'Hello there. '),
  text('marks on one letter', '\u0301'),
  text('marks that have to be sorted', '\u0301\u0327'),
  text('Chinese', '你'),
  text('long vowels', 'ー'),
  text('Arabic words', 'ب '),
  text('phrases in one character', '\ufdfa', 20),
  text('Cyrillic', 'щ'),
  split('prose', (n) => 'One two. '.repeat(n / 9)),
  split('one word', (n) => 'a'.repeat(n)),
  split('spaces', (n) => `a${' '.repeat(n)}b`),
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
    modules: ['speech/say-as'],
    make: (n) => '1,2 '.repeat(n / 4),
    run: ({ sayAs }, input) => sayAs(input, as),
  })),
  {
    name: 'the name of a voice',
    modules: ['speech/flite/voices'],
    make: (n) => `en-US-${'Multilingual'.repeat(n / 12)}:`,
    run: ({ chooseFliteVoice }, name) => chooseFliteVoice({ name }),
  },
  {
    name: 'what a prompt would come to',
    modules: ['speech/prompt-limits'],
    make: (n) => Array.from({ length: n }, () => ({ kind: 'pause', ms: 0.001 })),
    run: ({ checkPrompt }, segments) => checkPrompt(segments),
  },
  {
    name: 'WAV: chunks',
    modules: ['audio/wav'],
    make: (n) => Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), Buffer.from('LIST\0\0\0\0'.repeat(n / 8))]),
    run: ({ decodeWav }, bytes) => decodeWav(bytes),
  },
  {
    name: 'WAV: samples at another rate',
    modules: ['audio/wav'],
    make: (n) => {
      const head = Buffer.from(
        'RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x02\0\x10\0data\0\0\0\0',
        'latin1',
      );
      head.writeUInt32LE(44_100, 24);
      head.writeUInt32LE(88_200, 28);
      head.writeUInt32LE(n, 40);
      return Buffer.concat([head, Buffer.alloc(n)]);
    },
    run: ({ decodeWav }, bytes) => decodeWav(bytes),
  },
  {
    name: 'rendering a timeline: entries one after the other',
    modules: ['audio/audio-file', 'audio/pcm', 'audio/render-pieces'],
    fewer: 20,
    shorter: 8,
    make: (n) => Array.from({ length: n }, (_, at) => ({ media: 'a', startMs: at * 20, stopMs: at * 20 + 20 })),
    run: ({ wavFile, wholeFile, pcmOf, renderPieces }, entries) => {
      const sound = pcmOf(new Int16Array(320));
      const toMs = entries.length * 20;
      return wholeFile(wavFile([renderPieces(entries, [{ fromMs: 0, toMs }], () => sound)], toMs * 16));
    },
  },
  {
    name: 'a fair queue: a thousand calls',
    modules: ['threads/fair-queue'],
    fewer: 4,
    shorter: 4,
    make: (n) => Array.from({ length: n }, (_, at) => [at, `line ${at % 1000}`]),
    run: ({ FairQueue }, jobs) => {
      const queue = new FairQueue();
      for (const [job, line] of jobs) queue.add(job, [line, 'all']);
      while (queue.take() !== undefined);
    },
  },
];
