import type { Prosody, Segment, TextSegment, VoiceRequest } from './segments.ts';

/**
 * Segments as they are gathered: neighbouring text spoken in the same manner becomes one segment, so that a sentence is
 * not torn apart by markup that changes nothing; white space counts as one space; boundaries of sentences and paragraphs
 * become one pause, and none where nothing was said before or is said after, or where a pause was asked for anyway.
 */
export class SegmentList {
  readonly #segments: Segment[] = [];
  /** What the last segment was that takes time or words; white space alone is neither. */
  #lastAudible: Segment['kind'] | undefined;
  #endsInSpace = false;
  #boundaryMs = 0;

  get segments(): readonly Segment[] {
    return this.#segments.filter((segment) => segment.kind !== 'text' || segment.text.trim() !== '').map(tidy);
  }

  addText(text: string, voice: VoiceRequest, prosody: Prosody): void {
    const spaced = text.replace(/\s+/g, ' ');
    if (spaced.trim() !== '') {
      this.#settleBoundary();
      this.#lastAudible = 'text';
    }
    const last = this.#segments.at(-1);
    if (last?.kind === 'text' && isSameManner(last, voice, prosody)) {
      const more = this.#endsInSpace && spaced.startsWith(' ') ? spaced.slice(1) : spaced;
      if (more === '') return;
      this.#segments[this.#segments.length - 1] = { ...last, text: last.text + more };
    } else {
      this.#segments.push({ kind: 'text', text: spaced, voice, ...prosody });
    }
    this.#endsInSpace = spaced.endsWith(' ');
  }

  addPause(ms: number): void {
    this.#boundaryMs = 0;
    if (ms > 0) this.#push({ kind: 'pause', ms });
  }

  /** The end or the beginning of a sentence or paragraph: a pause, if more is said. */
  addBoundary(ms: number): void {
    const last = this.#lastAudible;
    if (last !== undefined && last !== 'pause') this.#boundaryMs = Math.max(this.#boundaryMs, ms);
  }

  add(segment: Segment): void {
    if (segment.kind !== 'mark') this.#settleBoundary();
    this.#push(segment);
  }

  #push(segment: Segment): void {
    this.#segments.push(segment);
    this.#lastAudible = segment.kind;
  }

  #settleBoundary(): void {
    if (this.#boundaryMs > 0) this.#push({ kind: 'pause', ms: this.#boundaryMs });
    this.#boundaryMs = 0;
  }
}

function isSameManner(segment: TextSegment, voice: VoiceRequest, prosody: Prosody): boolean {
  return (
    segment.rate === prosody.rate &&
    segment.pitch === prosody.pitch &&
    segment.volume === prosody.volume &&
    segment.voice.name === voice.name &&
    segment.voice.locale === voice.locale &&
    segment.voice.gender === voice.gender
  );
}

function tidy(segment: Segment): Segment {
  return segment.kind === 'text' ? { ...segment, text: segment.text.replace(/ +(?=[ .,;:!?])/g, '').trim() } : segment;
}
