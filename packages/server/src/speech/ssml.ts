import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { sayAs } from './say-as.ts';
import { SegmentList } from './segment-list.ts';
import { PLAIN_PROSODY, type Shortcoming, type Prosody, type Segment, type VoiceRequest } from './segments.ts';
import { SsmlError } from './ssml-error.ts';
import {
  EXPECTED,
  breakStrengthMs,
  combineProsody,
  pitchFactor,
  rateFactor,
  timeMs,
  volumeFactor,
} from './ssml-values.ts';
import { voiceTraits } from './voices.ts';

/** A parsed prompt. */
export interface ParsedSsml {
  readonly segments: readonly Segment[];
  /** What was passed over, each with its place. */
  readonly shortcomings: readonly Shortcoming[];
}

/** How an element's text is spoken, unless an element inside says otherwise. */
interface Manner {
  readonly voice: VoiceRequest;
  readonly prosody: Prosody;
}

interface OpenElement {
  readonly name: string;
  readonly manner: Manner;
  /** Where its content goes. */
  readonly into: SegmentList;
  /** Text is collected here instead of being spoken as it comes. */
  collected?: string;
  /** What is done at its end. */
  readonly close?: (element: OpenElement) => void;
}

/** The longest break that Azure and Polly have. */
const MAX_BREAK_MS = 20_000;
/** Elements inside elements: no prompt has more, and what follows a document's nesting by calling itself stays safe. */
const MAX_DEPTH = 100;
/** What is noted of one document; of more, only that there is more. */
const MAX_SHORTCOMINGS = 100;
const PAUSE_AROUND_MS = { s: 300, p: 600 } as const;
const EMPHASIS: ReadonlyMap<string, Prosody> = new Map(
  Object.entries<Prosody>({
    strong: { rate: 0.85, pitch: 1.1, volume: 1.4 },
    moderate: { rate: 0.92, pitch: 1.05, volume: 1.2 },
    reduced: { rate: 1.1, pitch: 0.95, volume: 0.7 },
    none: PLAIN_PROSODY,
  }),
);
/** Elements that only speak what is inside them. */
const TRANSPARENT = new Set(['w', 'token']);
/** Elements whose content is not for speaking. */
const UNSPOKEN = new Set(['meta', 'metadata', 'lexicon', 'lookup', 'desc', 'mstts:backgroundaudio']);

/**
 * Reads SSML: `speak`, `p`, `s`, `break`, `prosody`, `say-as`, `sub`, `emphasis`, `voice`, `lang`, `phoneme` (its text),
 * `audio`, `mark`, `bookmark`. Elements it does not know, and the extensions `mstts:` and `amazon:`, are passed over with a
 * note and their text is spoken.
 *
 * @param ssml the document; namespaces need not be declared
 * @param voice who speaks where the document does not say
 * @throws SsmlError with line and column, if it is not well-formed, does not begin with `speak`, lacks a required
 *   attribute, has a value that means nothing, or nests more than 100 elements
 * @see https://www.w3.org/TR/speech-synthesis11/
 */
export function parseSsml(ssml: string, voice: VoiceRequest = {}): ParsedSsml {
  const reader = new SsmlReader(voice);
  return reader.read(ssml);
}

class SsmlReader {
  readonly #parser = new SaxesParser();
  readonly #root = new SegmentList();
  readonly #shortcomings: Shortcoming[] = [];
  readonly #open: OpenElement[] = [];
  readonly #voice: VoiceRequest;
  #tagStart = { line: 1, column: 1 };

  constructor(voice: VoiceRequest) {
    this.#voice = voice;
  }

  read(ssml: string): ParsedSsml {
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw new SsmlError(error.message.replace(/^\d+:\d+: /, ''), parser.line, Math.max(1, parser.column));
    });
    parser.on('opentagstart', (tag) => {
      this.#tagStart = { line: parser.line, column: Math.max(1, parser.column - tag.name.length - 1) };
    });
    parser.on('opentag', (tag) => this.#openElement(tag));
    parser.on('closetag', () => this.#closeElement());
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.write(ssml).close();
    return { segments: this.#root.segments, shortcomings: this.#shortcomings };
  }

  #text(text: string): void {
    const element = this.#open.at(-1);
    if (element === undefined) return;
    if (element.collected !== undefined) element.collected += text;
    else element.into.addText(text, element.manner.voice, element.manner.prosody);
  }

  #openElement(tag: SaxesTagPlain): void {
    const parent = this.#open.at(-1);
    const { name, attributes } = tag;
    if (this.#open.length >= MAX_DEPTH) this.#fail(`<${name}> is nested more than ${MAX_DEPTH} elements deep`);
    if (parent === undefined) {
      if (name !== 'speak') this.#fail(`the document must begin with <speak>, not with <${name}>`);
      const plain = { voice: this.#voice, prosody: PLAIN_PROSODY };
      this.#open.push({ name, manner: this.#inLanguage(plain, attributes['xml:lang']), into: this.#root });
      return;
    }
    this.#open.push(
      parent.collected === undefined
        ? this.#element(tag, parent)
        : {
            ...parent,
            name,
            collected: '',
            // Markup inside say-as and sub counts for its text only.
            close: (inner) => {
              parent.collected += inner.collected ?? '';
            },
          },
    );
  }

  #closeElement(): void {
    const element = this.#open.pop();
    if (element !== undefined) element.close?.(element);
  }

  #element({ name, attributes }: SaxesTagPlain, { manner, into }: OpenElement): OpenElement {
    const speak = (text: string): void => into.addText(text, manner.voice, manner.prosody);
    switch (name) {
      case 'p':
      case 's': {
        const boundary = (): void => into.addBoundary(PAUSE_AROUND_MS[name]);
        boundary();
        return { name, into, manner: this.#inLanguage(manner, attributes['xml:lang']), close: boundary };
      }
      case 'break':
        into.addPause(this.#breakMs(attributes));
        return { name, into, manner };
      case 'prosody':
        return { name, into, manner: { ...manner, prosody: this.#prosody(attributes, manner.prosody) } };
      case 'emphasis':
        return { name, into, manner: { ...manner, prosody: this.#emphasis(attributes, manner.prosody) } };
      case 'voice':
        return { name, into, manner: { ...manner, voice: this.#voiceOf(attributes, manner.voice) } };
      case 'lang':
        return { name, into, manner: this.#inLanguage(manner, this.#required('lang', attributes, 'xml:lang')) };
      case 'say-as': {
        const as = this.#required(name, attributes, 'interpret-as');
        const place = this.#place();
        const close = (element: OpenElement): void => {
          const text = element.collected ?? '';
          const words = sayAs(text, as, attributes['format']);
          if (words === undefined) {
            this.#miss(
              'ssml/ignored-value',
              `say-as: "${text.trim()}" cannot be said as ${as}; spoken as it is`,
              place,
            );
          }
          speak(` ${words ?? text} `);
        };
        return { name, into, manner, collected: '', close };
      }
      case 'sub': {
        const alias = this.#required(name, attributes, 'alias');
        return { name, into, manner, collected: '', close: () => speak(alias) };
      }
      case 'phoneme':
        this.#miss('ssml/ignored-element', '<phoneme>: its text is spoken as it is written');
        return { name, into, manner };
      case 'audio': {
        const uri = this.#required(name, attributes, 'src');
        const fallback = new SegmentList();
        return {
          name,
          into: fallback,
          manner,
          close: () => into.add({ kind: 'media', uri, fallback: fallback.segments }),
        };
      }
      case 'mark':
        into.add({ kind: 'mark', name: this.#required(name, attributes, 'name') });
        return { name, into, manner };
      case 'bookmark':
        into.add({ kind: 'mark', name: this.#required(name, attributes, 'mark') });
        return { name, into, manner };
      default:
        return this.#unfamiliar(name, manner, into);
    }
  }

  #unfamiliar(name: string, manner: Manner, into: SegmentList): OpenElement {
    if (TRANSPARENT.has(name)) return { name, into, manner };
    if (name === 'speak') this.#fail('<speak> cannot stand inside another element');
    const silent = UNSPOKEN.has(name);
    if (name !== 'desc')
      this.#miss('ssml/ignored-element', `<${name}> is ignored${silent ? '' : '; its text is spoken'}`);
    return { name, into: silent ? new SegmentList() : into, manner };
  }

  #breakMs(attributes: Readonly<Record<string, string>>): number {
    const { time, strength } = attributes;
    const ms =
      time === undefined
        ? this.#value('break', 'strength', strength ?? 'medium', breakStrengthMs)
        : this.#value('break', 'time', time, timeMs);
    if (ms > MAX_BREAK_MS) this.#miss('ssml/ignored-value', `<break> of ${ms} ms is cut to ${MAX_BREAK_MS} ms`);
    return Math.min(ms, MAX_BREAK_MS);
  }

  #prosody(attributes: Readonly<Record<string, string>>, outer: Prosody): Prosody {
    for (const name of ['contour', 'range', 'duration', 'amazon:max-duration']) {
      if (attributes[name] !== undefined) this.#miss('ssml/ignored-attribute', `<prosody ${name}> is ignored`);
    }
    const factor = (name: 'rate' | 'pitch' | 'volume', read: (value: string) => number | undefined): number =>
      attributes[name] === undefined ? 1 : this.#value('prosody', name, attributes[name], read);
    return combineProsody(outer, {
      rate: factor('rate', rateFactor),
      pitch: factor('pitch', pitchFactor),
      volume: factor('volume', volumeFactor),
    });
  }

  #emphasis(attributes: Readonly<Record<string, string>>, outer: Prosody): Prosody {
    const level = attributes['level'] ?? 'moderate';
    const prosody = EMPHASIS.get(level);
    if (prosody === undefined) this.#fail(`<emphasis level="${level}">: expected ${[...EMPHASIS.keys()].join(', ')}`);
    return combineProsody(outer, prosody);
  }

  #voiceOf(attributes: Readonly<Record<string, string>>, outer: VoiceRequest): VoiceRequest {
    const { name, gender } = attributes;
    const locale = attributes['xml:lang'] ?? attributes['languages'] ?? attributes['language'];
    if (name !== undefined && name.trim() === '') this.#fail('<voice name="">: the name is empty');
    if (gender !== undefined && gender !== 'male' && gender !== 'female' && gender !== 'neutral') {
      this.#fail(`<voice gender="${gender}">: expected male, female or neutral`);
    }
    return {
      ...(name === undefined ? {} : { name: name.trim() }),
      ...(locale === undefined ? (outer.locale === undefined ? {} : { locale: outer.locale }) : { locale }),
      ...(gender === 'male' || gender === 'female' ? { gender } : {}),
    };
  }

  /** Another language is another voice; the same language leaves the voice as it is. */
  #inLanguage(manner: Manner, locale: string | undefined): Manner {
    if (locale === undefined) return manner;
    const { language, gender } = voiceTraits(manner.voice);
    const wanted = locale.split(/[-_]/)[0]?.toLowerCase();
    const isPlain = manner.voice.name === undefined && manner.voice.locale === undefined;
    if (isPlain) return { ...manner, voice: { ...manner.voice, locale } };
    return wanted === language ? manner : { ...manner, voice: { locale, gender } };
  }

  #value(
    element: string,
    attribute: keyof typeof EXPECTED,
    value: string,
    read: (value: string) => number | undefined,
  ): number {
    return read(value.trim()) ?? this.#fail(`<${element} ${attribute}="${value}">: expected ${EXPECTED[attribute]}`);
  }

  #required(element: string, attributes: Readonly<Record<string, string>>, name: string): string {
    return attributes[name] ?? this.#fail(`<${element}> needs the attribute ${name}`);
  }

  #place(): string {
    return `line ${this.#tagStart.line}, column ${this.#tagStart.column}`;
  }

  #miss(id: Shortcoming['id'], summary: string, place = this.#place()): void {
    if (this.#shortcomings.length < MAX_SHORTCOMINGS) this.#shortcomings.push({ id, summary: `${place}: ${summary}` });
    else if (this.#shortcomings.length === MAX_SHORTCOMINGS)
      this.#shortcomings.push({ id, summary: `${place}: more of this kind follows` });
  }

  #fail(problem: string): never {
    throw new SsmlError(problem, this.#tagStart.line, this.#tagStart.column);
  }
}
