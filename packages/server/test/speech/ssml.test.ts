import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segment } from '../../src/speech/segments.ts';
import { SsmlError } from '../../src/speech/ssml-error.ts';
import { parseSsml } from '../../src/speech/ssml.ts';

/** Segments in short: text as it is, pauses as numbers, the rest with a sign before it. */
function brief(segments: readonly Segment[]): unknown[] {
  return segments.map((segment) => {
    if (segment.kind === 'text') return segment.text;
    if (segment.kind === 'pause') return segment.ms;
    if (segment.kind === 'mark') return `#${segment.name}`;
    return [`>${segment.uri}`, ...brief(segment.fallback)];
  });
}

const spoken = (inner: string): unknown[] => brief(parseSsml(`<speak>${inner}</speak>`).segments);
const texts = (inner: string) => parseSsml(`<speak>${inner}</speak>`).segments.filter((s) => s.kind === 'text');

describe('what an SSML document says', () => {
  it.each<[ssml: string, segments: unknown[]]>([
    ['Hello,   <!-- a comment -->\n  world', ['Hello, world']],
    ['Fish &amp; chips &#38; <![CDATA[<beer>]]>', ['Fish & chips & <beer>']],
    ['', []],
    ['  <p> </p> ', []],
    ['<p>One.</p><p>Two.</p>', ['One.', 600, 'Two.']],
    ['<p><s>One.</s><s>Two.</s></p><p>Three.</p>', ['One.', 300, 'Two.', 600, 'Three.']],
    ['Before <s>inside</s> after', ['Before', 300, 'inside', 300, 'after']],
    ['a<break/>b', ['a', 750, 'b']],
    ['a<break time="1.5s"/>b<break time="250ms"/>c<break time="+10ms"/>', ['a', 1500, 'b', 250, 'c', 10]],
    ['a<break strength="none"/>b', ['ab']],
    ['a <break strength="x-strong"/> b', ['a', 1250, 'b']],
    ['<s>a</s><break time="100ms"/><s>b</s>', ['a', 100, 'b']],
    ['<break time="1s"/>', [1000]],
    ['a<break time="60s"/>', ['a', 20_000]],
    ['<sub alias="World Wide Web Consortium">W3C</sub>!', ['World Wide Web Consortium!']],
    ['Code <say-as interpret-as="characters">A1</say-as>.', ['Code A, one.']],
    ['<say-as interpret-as="ordinal"><w>4</w>2</say-as>', ['forty second']],
    ['<say-as interpret-as="mood">happy</say-as>', ['happy']],
    ['You say <phoneme alphabet="ipa" ph="pɪˈkɑːn">pecan</phoneme>', ['You say pecan']],
    ['<mark name="here"/>now<bookmark mark="there"/>', ['#here', 'now', '#there']],
    ['<audio src="https://e.com/a.mp3"><desc>A bell</desc>ding</audio>', [['>https://e.com/a.mp3', 'ding']]],
    ['<mstts:express-as style="cheerful">Great!</mstts:express-as>', ['Great!']],
    ['<amazon:effect name="whispered">psst</amazon:effect>', ['psst']],
    ['<metadata>not for ears</metadata>for ears', ['for ears']],
    ['Hi <lang xml:lang="en-GB">there</lang>', ['Hi', 'there']],
  ])('%s', (ssml, segments) => {
    expect(spoken(ssml)).toEqual(segments);
  });

  it('reads the document that Azure’s Play takes', () => {
    const { segments, shortcomings } = parseSsml(
      `<?xml version="1.0"?><speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xmlns:mstts="https://www.w3.org/2001/mstts" xml:lang="en-US">
        <voice name="en-US-JennyNeural"><prosody rate="slow">Hello</prosody></voice></speak>`,
    );
    expect(segments).toEqual([
      {
        kind: 'text',
        text: 'Hello',
        rate: 0.64,
        pitch: 1,
        volume: 1,
        voice: { name: 'en-US-JennyNeural', locale: 'en-US' },
      },
    ]);
    expect(shortcomings).toEqual([]);
  });

  it('is gathered in one pass, however much of it is white space and boundaries', () => {
    const inner = 'a' + ' <p/>'.repeat(200_000) + '<prosody rate="2"> </prosody><p/>'.repeat(20_000) + 'b';
    expect(parseSsml(`<speak>${inner}</speak>`).segments).toMatchObject([
      { kind: 'text', text: 'a' },
      { kind: 'pause', ms: 600 },
      { kind: 'text', text: 'b' },
    ]);
  });

  it('says no more than a hundred times what it passed over', () => {
    const { shortcomings } = parseSsml(`<speak>${'<x/>'.repeat(1000)}</speak>`);
    expect(shortcomings).toHaveLength(101);
    expect(shortcomings.at(-1)?.summary).toContain('more of this kind follows');
  });

  it('tells what it passed over, and where', () => {
    const { shortcomings } = parseSsml(
      '<speak>\n  <mstts:express-as style="sad">x</mstts:express-as>\n<prosody contour="(0%,+20Hz)">y</prosody>' +
        '<say-as interpret-as="date" format="mdy">soon</say-as></speak>',
    );
    expect(shortcomings).toEqual([
      { id: 'ssml/ignored-element', summary: 'line 2, column 3: <mstts:express-as> is ignored; its text is spoken' },
      { id: 'ssml/ignored-attribute', summary: 'line 3, column 1: <prosody contour> is ignored' },
      {
        id: 'ssml/ignored-value',
        summary: 'line 3, column 42: say-as: "soon" cannot be said as date; spoken as it is',
      },
    ]);
  });
});

describe('prosody', () => {
  it.each<[attribute: string, value: string, factor: number]>([
    ['rate', 'x-slow', 0.5],
    ['rate', 'fast', 1.55],
    ['rate', '80%', 0.8],
    ['rate', '+20%', 1.2],
    ['rate', '-20%', 0.8],
    ['rate', '1.5', 1.5],
    ['rate', '100', 5],
    ['pitch', 'high', 1.2],
    ['pitch', '+50%', 1.5],
    ['pitch', '-12st', 0.5],
    ['pitch', '+75Hz', 1.5],
    ['pitch', '300hz', 2],
    ['volume', 'silent', 0],
    ['volume', 'default', 1],
    ['volume', '50', 0.5],
    ['volume', '+6dB', 1.9953],
    ['volume', '-20%', 0.8],
    ['volume', '+10', 1.1],
  ])('%s="%s" is a factor of %d', (attribute, value, factor) => {
    const [segment] = texts(`<prosody ${attribute}="${value}">x</prosody>`);
    expect(segment?.[attribute as 'rate']).toBeCloseTo(factor, 3);
  });

  it('inside prosody multiplies', () => {
    const [outer, inner] = texts('<prosody rate="50%">a<prosody rate="50%" volume="50">b</prosody></prosody>');
    expect(outer).toMatchObject({ text: 'a', rate: 0.5, volume: 1 });
    expect(inner).toMatchObject({ text: 'b', rate: 0.25, volume: 0.5 });
  });

  it('stays within what is still speech, however deep it is nested', () => {
    const nested = (attributes: string) =>
      texts(`${`<prosody ${attributes}>`.repeat(50)}x${'</prosody>'.repeat(50)}`)[0];
    expect(nested('rate="x-fast" pitch="x-high" volume="x-loud"')).toMatchObject({ rate: 5, pitch: 2, volume: 4 });
    expect(nested('rate="x-slow" pitch="x-low" volume="x-soft"')).toMatchObject({ rate: 0.2, pitch: 0.5 });
    expect(nested(`rate="${'9'.repeat(400)}"`)).toMatchObject({ rate: 5 });
  });

  it('is read from a number of any length in one pass', () => {
    expect(() => texts(`<prosody rate="${'1'.repeat(1_000_000)}x!">y</prosody>`)).toThrow(SsmlError);
    expect(() => texts(`<prosody pitch="-${'1'.repeat(1_000_000)}!">y</prosody>`)).toThrow(/^.{1,600}$/);
  });

  it('of emphasis is slower and louder', () => {
    const [plain, strong] = texts('so <emphasis level="strong">loud</emphasis>');
    expect(strong?.rate).toBeLessThan(plain?.rate ?? 0);
    expect(strong?.volume).toBeGreaterThan(plain?.volume ?? 0);
  });
});

describe('who speaks', () => {
  const voices = (inner: string, outer = {}) =>
    parseSsml(inner, outer).segments.map((segment) => (segment.kind === 'text' ? segment.voice : undefined));

  it('is whom the request names, where the document names nobody', () => {
    expect(voices('<speak>a</speak>', { name: 'Joanna' })).toEqual([{ name: 'Joanna' }]);
    expect(voices('<speak xml:lang="en-GB">a</speak>', { name: 'Joanna' })).toEqual([{ name: 'Joanna' }]);
  });

  it('is whom the nearest voice element names, and the one outside again after it', () => {
    expect(
      voices('<speak>a<voice name="Brian">b<voice gender="female" xml:lang="en-AU">c</voice></voice>d</speak>'),
    ).toEqual([{}, { name: 'Brian' }, { locale: 'en-AU', gender: 'female' }, {}]);
  });

  it('is someone of the same gender where the language changes', () => {
    expect(voices('<speak><voice name="Matthew">hi <lang xml:lang="fr-FR">salut</lang></voice></speak>')).toEqual([
      { name: 'Matthew' },
      { locale: 'fr-FR', gender: 'male' },
    ]);
  });
});

describe('SSML that cannot be read', () => {
  it.each<[ssml: string, place: [line: number, column: number], problem: RegExp]>([
    ['', [1, 1], /must contain a root element/],
    ['Hello', [1, 5], /text data outside of root node/],
    ['<p>Hello</p>', [1, 1], /must begin with <speak>, not with <p>/],
    ['<speak>Hello', [1, 12], /unclosed tag: speak/],
    ['<speak>\n <p>Hello</s></speak>', [2, 13], /unexpected close tag/],
    ['<speak>&nbsp;</speak>', [1, 13], /undefined entity/],
    ['<speak>a < b</speak>', [1, 11], /disallowed character in tag name/],
    ['<speak><speak/></speak>', [1, 8], /cannot stand inside/],
    ['<speak>\n\n  <sub>W3C</sub></speak>', [3, 3], /<sub> needs the attribute alias/],
    ['<speak><say-as>1</say-as></speak>', [1, 8], /<say-as> needs the attribute interpret-as/],
    ['<speak><audio/></speak>', [1, 8], /<audio> needs the attribute src/],
    ['<speak><mark/></speak>', [1, 8], /<mark> needs the attribute name/],
    ['<speak><lang>x</lang></speak>', [1, 8], /<lang> needs the attribute xml:lang/],
    ['<speak>a<break time="500"/></speak>', [1, 9], /<break time="500">: expected a time such as 500ms/],
    ['<speak>a<break strength="huge"/></speak>', [1, 9], /<break strength="huge">: expected none, x-weak/],
    ['<speak><prosody rate="quick">x</prosody></speak>', [1, 8], /<prosody rate="quick">: expected a name from x-slow/],
    ['<speak><prosody pitch="+x%">x</prosody></speak>', [1, 8], /<prosody pitch="\+x%">/],
    ['<speak><emphasis level="shout">x</emphasis></speak>', [1, 8], /<emphasis level="shout">: expected strong, /],
    [
      '<speak><emphasis level="constructor">x</emphasis></speak>',
      [1, 8],
      /<emphasis level="constructor">: expected strong/,
    ],
    ['<speak><prosody rate="constructor">x</prosody></speak>', [1, 8], /<prosody rate="constructor">: expected a name/],
    ['<speak><prosody volume="__proto__">x</prosody></speak>', [1, 8], /<prosody volume="__proto__">/],
    ['<speak><break strength="toString"/></speak>', [1, 8], /<break strength="toString">: expected none/],
    [`<speak>${'<p>'.repeat(100)}`, [1, 305], /<p> is nested more than 100 elements deep/],
    ['<!DOCTYPE speak [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><speak>&b;</speak>', [1, 67], /undefined entity/],
    ['<speak><voice name=" ">x</voice></speak>', [1, 8], /the name is empty/],
    ['<speak><voice gender="robot">x</voice></speak>', [1, 8], /expected male, female or neutral/],
  ])('%j says where and why', (ssml, [line, column], problem) => {
    let error: unknown;
    try {
      parseSsml(ssml);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SsmlError);
    expect(error).toMatchObject({ line, column, message: expect.stringMatching(problem) });
  });

  it('never fails in any other way', () => {
    const piece = fc.constantFrom(
      '<speak>',
      '</speak>',
      '<p>',
      '</p>',
      '<break time="1s"/>',
      '<say-as interpret-as="date">',
      '</say-as>',
      '<sub alias="x">',
      '</sub>',
      '<audio src="x">',
      '</audio>',
      '&amp;',
      '&',
      '<',
      '<![CDATA[',
      ']]>',
      'text',
      '😀',
      '\u0000',
      '<prosody rate="',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          parseSsml(`<speak>${pieces.join('')}</speak>`);
        } catch (error) {
          expect(error).toBeInstanceOf(SsmlError);
        }
      }),
    );
  });
});
