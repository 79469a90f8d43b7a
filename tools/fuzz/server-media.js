import * as fc from 'fast-check';

/** What whoever writes a prompt, or serves a file that is played, writes; a row's shape is described in `fuzz.js`. */

const names = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '');
const text = fc.oneof(
  names,
  fc.string({ maxLength: 30 }),
  fc.constantFrom('12/24/2026', '13:05', '+1 206 555 0100', '3/4', '1,234.5', '42nd', '2026', '0', '9'.repeat(40)),
  fc.constantFrom('a\u0301\u0327', '你好', 'の', 'مرحبا', 'שָׁלוֹם', 'ー', '\u0000', '\ud800', '😀', '\ufdfa', 'щ', '€%$'),
);
const texts = fc.array(text, { maxLength: 6 }).map((parts) => parts.join(' '));

const elements =
  'speak p s break prosody emphasis voice lang say-as sub phoneme audio mark bookmark w token desc mstts:x unknown'.split(
    ' ',
  );
const attributeNames =
  'time strength rate pitch volume level name gender xml:lang interpret-as format alias src mark contour ph xmlns'.split(
    ' ',
  );
const value = fc.oneof(
  text,
  fc.constantFrom('1s', '20000s', '-1s', '1e9s', '50%', '+900%', '-100%', '+12st', '200Hz', 'x-fast', 'strong', 'date'),
  fc.constantFrom('telephone', 'time', 'cardinal', 'ordinal', 'fraction', 'ymd', 'male', 'en-US', '.', '+', '1.', '.5'),
);
const escaped = (string) => string.replace(/[&<"]/g, (character) => `&#${character.charCodeAt(0)};`);
const attributes = fc
  .dictionary(fc.constantFrom(...attributeNames), value, { maxKeys: 3 })
  .map((record) => Object.entries(record).map(([name, said]) => ` ${name}="${escaped(said)}"`))
  .map((all) => all.join(''));
const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    texts.map(escaped),
    fc.constantFrom('&amp;', '&nbsp;', '&#x0;', '<![CDATA[x]]>', '<!-- x -->', '<?x y?>', '<', '&', ']]>', '</p>'),
    fc
      .tuple(fc.constantFrom(...elements), attributes, fc.array(tie('node'), { maxLength: 4 }))
      .map(([name, said, inner]) => `<${name}${said}>${inner.join('')}</${name}>`),
  ),
}));
const ssml = fc
  .tuple(
    fc.constantFrom('', '<?xml version="1.0"?>', '<!DOCTYPE speak [<!ENTITY a "&a;">]>'),
    fc.array(node, { maxLength: 4 }),
  )
  .map(([before, inner]) => `${before}<speak>${inner.join('')}</speak>`);

const u16 = fc.oneof(fc.constantFrom(0, 1, 2, 3, 8, 16, 24, 32, 64, 65, 65_534, 65_535), fc.nat(65_535));
const u32 = fc.oneof(
  fc.constantFrom(0, 1, 999, 1000, 8000, 16_000, 44_100, 384_000, 4_294_967_295),
  fc.nat(4_294_967_295),
);
const format = fc.tuple(
  fc.constantFrom(1, 1, 1, 3, 7, 0xfffe),
  u16,
  u32,
  u32,
  u16,
  u16,
  fc.uint8Array({ maxLength: 12 }),
);
const valid = fc
  .tuple(
    fc.constantFrom(8, 16, 24, 32),
    fc.integer({ min: 1, max: 64 }),
    fc.constantFrom(1000, 8000, 16_000, 44_100, 384_000),
  )
  .map(([bits, channels, rate]) => [1, channels, rate, 0, (channels * bits) / 8, bits, new Uint8Array(0)]);
const formatChunk = fc.oneof(valid, format).map(([encoding, channels, rate, byteRate, align, bits, rest]) => {
  const bytes = Buffer.alloc(16 + rest.length);
  bytes.writeUInt16LE(encoding, 0);
  bytes.writeUInt16LE(channels, 2);
  bytes.writeUInt32LE(rate, 4);
  bytes.writeUInt32LE(byteRate, 8);
  bytes.writeUInt16LE(align, 12);
  bytes.writeUInt16LE(bits, 14);
  bytes.set(rest, 16);
  return ['fmt ', bytes];
});
const otherChunk = fc.tuple(fc.constantFrom('data', 'data', 'LIST', 'RIFF', 'fmt '), fc.uint8Array({ maxLength: 200 }));
const chunk = fc.tuple(fc.oneof(formatChunk, otherChunk), fc.option(u32, { freq: 5 }));
const dataChunk = fc.uint8Array({ maxLength: 500 }).map((bytes) => [['data', bytes], null]);
const chunks = fc.oneof(
  fc.array(chunk, { maxLength: 5 }),
  fc.tuple(
    formatChunk.map((one) => [one, null]),
    dataChunk,
  ),
  fc.tuple(
    fc.tuple(otherChunk, fc.constant(null)),
    formatChunk.map((one) => [one, null]),
    dataChunk,
  ),
);
const wav = fc.tuple(chunks, fc.nat(400)).map(([list, cut]) => {
  const parts = list.flatMap(([[id, body], size]) => {
    const head = Buffer.alloc(8);
    head.write(id, 'latin1');
    head.writeUInt32LE(size ?? body.length, 4);
    return [head, body, Buffer.alloc(body.length % 2)];
  });
  const bytes = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), ...parts]);
  return cut < 20 ? bytes.subarray(0, cut) : bytes;
});

/** Pieces of a right file, and noise between them. */
const mp3 = fc.array(
  fc.tuple(fc.nat(2000), fc.nat(300), fc.oneof(fc.constant(undefined), fc.uint8Array({ maxLength: 8 }))),
  { maxLength: 6 },
);
let rightMp3;

const voice = fc.record(
  { name: value, locale: value, gender: fc.constantFrom('male', 'female') },
  { requiredKeys: [] },
);

export const parsers = [
  {
    name: 'SSML',
    modules: ['speech/ssml'],
    input: ssml,
    run: ({ parseSsml }, document) => parseSsml(document),
    throws: ['SsmlError'],
    share: 0.5,
  },
  {
    name: 'what a prompt would come to',
    modules: ['speech/ssml', 'speech/prompt-limits'],
    input: ssml,
    run: ({ parseSsml, checkPrompt }, document) => checkPrompt(parseSsml(document).segments),
    throws: ['SsmlError', 'PromptTooLongError'],
    share: 0.5,
  },
  {
    name: 'say-as',
    modules: ['speech/say-as'],
    input: fc.tuple(texts, value, fc.oneof(value, fc.constantFrom('mdy', 'dmy', 'y', 'ddd'))),
    run: ({ sayAs }, said) => sayAs(...said),
    throws: [],
  },
  {
    name: 'text that is spoken',
    modules: ['speech/split-text', 'speech/flite/speakable-text'],
    input: texts,
    run: ({ splitText, speakableText }, said) => splitText(speakableText(said), 40),
    throws: [],
  },
  {
    name: 'voices',
    modules: ['speech/flite/voices', 'speech/espeak/languages'],
    input: voice,
    run: ({ chooseFliteVoice, chooseEspeakVoice }, wish) => [chooseFliteVoice(wish), chooseEspeakVoice(wish)],
    throws: [],
  },
  {
    name: 'keys of a telephone',
    modules: ['audio/tones'],
    input: fc.oneof(text, fc.stringMatching(/^[0-9#*A-Dw,]{0,5}$/)),
    run: ({ dtmf }, keys) => dtmf(keys, 1, 1),
    throws: [/^RangeError: (?:"|\d+ keys)/],
  },
  {
    name: 'WAV files',
    modules: ['audio/wav'],
    input: wav,
    run: ({ decodeWav }, bytes) => decodeWav(bytes, 60),
    throws: ['WavFormatError'],
    share: 0.5,
  },
  {
    name: 'MP3 files',
    modules: ['audio/mp3', 'audio/pcm'],
    input: mp3,
    async run({ encodeMp3, decodeMp3, silence }, pieces) {
      rightMp3 ??= Buffer.from(await encodeMp3(silence(300)));
      const bytes = pieces.map(([at, length, noise]) => noise ?? rightMp3.subarray(at, at + length));
      await decodeMp3(Buffer.concat(bytes), 60);
    },
    throws: ['Mp3FormatError'],
    /** A decoder starts again for each. */
    share: 0.001,
  },
];
