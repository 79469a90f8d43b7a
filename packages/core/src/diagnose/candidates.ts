import { hash } from '#digest';
import { encodeBytes } from '../canonical/byte-encoding.ts';
import type { HashAlgorithm, Mac } from '../digest/algorithms.ts';
import { prepareMac } from '#digest';
import { catalog } from './catalog.ts';
import type { MistakeId } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import type { Layout, Slot } from './layout.ts';
import { canHit } from './matrix.ts';
import type { MistakeClass } from './mistake-class.ts';
import { decodeLenientBase64 } from './mistakes/key-encoding.ts';
import { secretText } from './secret-text.ts';
import { bytesOf, textOf } from './visible.ts';
import { decodeBase64, decodeHex } from '../canonical/byte-encoding.ts';

/** One mistake of an explanation, before it is worded. */
export interface Step {
  readonly mistake: MistakeClass;
  readonly detail: string;
  /** The part of the string to sign, or `key`, `body`, `signature`, `authorization`, `string-to-sign`. */
  readonly part: string;
  readonly yours: string | Uint8Array;
  readonly expected: string | Uint8Array;
}

/** Another value of one part, with what explains it and what else would give the same value. */
export interface ValueCandidate {
  readonly value: string | Uint8Array;
  readonly cost: number;
  readonly steps: readonly Step[];
  readonly ties: (readonly Step[])[];
}

export interface LayoutCandidate {
  readonly layout: Layout;
  readonly cost: number;
  readonly steps: readonly Step[];
  readonly encode?: (text: string) => Uint8Array;
}

export interface BodyCandidate {
  readonly body: string | Uint8Array;
  readonly cost: number;
  readonly steps: readonly Step[];
  readonly ties: (readonly Step[])[];
}

/** A key and the computation it goes into. */
export interface KeyCandidate {
  readonly cost: number;
  readonly steps: readonly Step[];
  mac(algorithm: HashAlgorithm): Mac;
}

/** The classes that can hit a scheme, the more specific first. */
export function classesFor({ scheme }: Evidence): MistakeClass[] {
  return catalog.filter(({ id }) => canHit(id, scheme));
}

/** Every other value of a slot, cheapest first; equal values are one candidate. */
export function valueCandidates(slot: Slot, evidence: Evidence, classes: readonly MistakeClass[]): ValueCandidate[] {
  const found = new Map<
    string,
    { value: string | Uint8Array; cost: number; steps: readonly Step[]; ties: (readonly Step[])[] }
  >();
  const own = keyOf(slot.value);
  const add = (value: string | Uint8Array, cost: number, steps: readonly Step[]): void => {
    const key = keyOf(value);
    if (key === own) return;
    const known = found.get(key);
    if (!known) found.set(key, { value, cost, steps, ties: [] });
    else if (!known.steps.some(({ mistake }) => mistake === steps[0]?.mistake)) known.ties.push(steps);
  };
  for (const mistake of classes) {
    for (const { value, cost, detail } of mistake.values?.(slot, evidence) ?? []) {
      add(value, cost, [{ mistake, detail, part: slot.name, yours: value, expected: slot.value }]);
    }
    // Body moves stand in the catalog's order among the others, so that precedence holds here too.
    if (slot.source.from === 'body') {
      for (const candidate of bodiesOf(mistake, evidence)) add(candidate.body, candidate.cost, candidate.steps);
    } else if (slot.source.from === 'content-hash') {
      const sent = evidence.contentHash?.sent !== undefined;
      for (const candidate of bodiesOf(mistake, evidence)) {
        for (const value of hashesOf(candidate.body, evidence))
          add(value, candidate.cost + (sent ? 1 : 0), candidate.steps);
      }
    }
  }
  const { computed, sent } = evidence.contentHash ?? {};
  if (slot.source.from === 'content-hash' && computed !== undefined && sent !== undefined) add(computed, 1, []);
  return [...found.values()].toSorted((left, right) => left.cost - right.cost);
}

/** The hash of a body as it may stand in the string to sign: by the rule, and of no bytes where the rule leaves a blank. */
function hashesOf(body: string | Uint8Array, { scheme }: Evidence): string[] {
  const rule = scheme.contentHash;
  if (!rule) return [];
  const text = encodeBytes(hash(rule.algorithm, body), rule.encoding);
  return body.length === 0 && rule.empty === 'blank' ? ['', text] : [text];
}

/** Every other body, cheapest first. */
export function bodyCandidates(evidence: Evidence, classes: readonly MistakeClass[]): BodyCandidate[] {
  const found = new Map<
    string,
    { body: string | Uint8Array; cost: number; steps: readonly Step[]; ties: (readonly Step[])[] }
  >();
  const own = keyOf(evidence.bodyText ?? evidence.body ?? '');
  for (const mistake of classes) {
    for (const { body, cost, steps } of bodiesOf(mistake, evidence)) {
      const key = keyOf(body);
      if (key === own) continue;
      const known = found.get(key);
      if (!known) found.set(key, { body, cost, steps, ties: [] });
      else if (!known.steps.some((step) => step.mistake === mistake)) known.ties.push(steps);
    }
  }
  return [...found.values()].toSorted((left, right) => left.cost - right.cost);
}

/** Two body mistakes one after the other. */
export function* bodyPairs(
  first: readonly BodyCandidate[],
  evidence: Evidence,
  classes: readonly MistakeClass[],
): Generator<BodyCandidate> {
  for (const outer of first) {
    if (outer.cost > 1 || outer.body.length === 0) continue;
    const body = bytesOf(outer.body);
    const inner: Evidence = { ...evidence, body, bodyText: textOf(body) };
    for (const mistake of classes) {
      if (outer.steps.some((step) => step.mistake === mistake) && mistake.id !== 'template/unresolved') continue;
      for (const move of bodiesOf(mistake, inner)) {
        if (move.cost <= 2)
          yield { body: move.body, cost: outer.cost + move.cost, steps: [...outer.steps, ...move.steps], ties: [] };
      }
    }
  }
}

function* bodiesOf(mistake: MistakeClass, evidence: Evidence): Generator<Omit<BodyCandidate, 'ties'>> {
  const { body, bodyText } = evidence;
  if (!body || !mistake.bodies) return;
  for (const move of mistake.bodies(body, bodyText, evidence)) {
    const step: Step = { mistake, detail: move.detail, part: 'body', yours: move.body, expected: bodyText ?? body };
    yield { body: move.body, cost: move.cost, steps: [step] };
  }
}

/** Every other way to put the parts together, cheapest first. */
export function layoutCandidates(
  layout: Layout,
  evidence: Evidence,
  classes: readonly MistakeClass[],
  join: (layout: Layout) => string | Uint8Array,
): LayoutCandidate[] {
  const candidates: LayoutCandidate[] = [];
  const expected = join(layout);
  const seen = new Set([keyOf(expected)]);
  for (const mistake of classes) {
    for (const move of mistake.layouts?.(layout, evidence) ?? []) {
      const joined = join(move.layout);
      const bytes = move.encode && typeof joined === 'string' ? move.encode(joined) : joined;
      const key = keyOf(bytes);
      if (seen.has(key)) continue;
      seen.add(key);
      const step: Step = { mistake, detail: move.detail, part: 'string-to-sign', yours: bytes, expected };
      candidates.push({
        layout: move.layout,
        cost: move.cost,
        steps: [step],
        ...(move.encode && { encode: move.encode }),
      });
    }
  }
  return candidates.toSorted((left, right) => left.cost - right.cost);
}

/** Text and bytes get keys that cannot collide, and equal bytes get equal keys. */
function keyOf(value: string | Uint8Array): string {
  if (typeof value === 'string') return value;
  return textOf(value) ?? `\0${value.join()}`;
}

/** The key as the scheme reads it, and whether the text given is clean. */
export interface RightKey {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly clean: boolean;
}

/** Reads the secret by the scheme's rule; a text that the rule refuses is cleaned as far as is safe. */
export function rightKey({ scheme, credential }: Evidence): RightKey {
  const text = secretText(credential.secret);
  const { encoding } = scheme.key;
  const strict = (candidate: string): Uint8Array | undefined => {
    if (candidate === '') return undefined;
    return encoding === 'base64'
      ? decodeBase64(candidate)
      : encoding === 'hex'
        ? decodeHex(candidate)
        : bytesOf(candidate);
  };
  if (typeof credential.secret !== 'string') return { bytes: credential.secret.expose().bytes, text, clean: true };
  const exact = strict(text);
  if (exact) return { bytes: exact, text, clean: true };
  const trimmed = text.replace(
    /^[\s"'`\u2018\u2019\u201c\u201d\ufeff\u200b]+|[\s"'`;,\u2018\u2019\u201c\u201d\ufeff\u200b]+$/g,
    '',
  );
  for (const candidate of [trimmed, trimmed.replace(/^.*accesskey=/is, ''), trimmed.replaceAll(' ', '+')]) {
    const bytes = strict(candidate);
    if (bytes) return { bytes, text: candidate, clean: false };
  }
  return { bytes: encoding === 'base64' ? decodeLenientBase64(text) : bytesOf(text), text: trimmed, clean: false };
}

/** Every key that may have been used, cheapest first; the right one is not among them. */
export function keyCandidates(right: RightKey, evidence: Evidence, classes: readonly MistakeClass[]): KeyCandidate[] {
  const { scheme } = evidence;
  const found = new Map<string, KeyCandidate>();
  found.set(right.bytes.join(), keyCandidate(right.bytes, 0, []));
  // Raw key material, which the wording turns into fingerprints: nothing of a key is ever shown.
  const step = (mistake: MistakeClass, detail: string, yours: string | Uint8Array): Step => ({
    mistake,
    detail,
    part: 'key',
    yours,
    expected: right.bytes,
  });
  const add = (bytes: Uint8Array, cost: number, steps: readonly Step[]): void => {
    const key = bytes.join();
    const known = found.get(key);
    if (!known || known.cost > cost) found.set(key, keyCandidate(bytes, cost, steps));
  };
  const read = (text: string, cost: number, steps: readonly Step[], all: boolean): void => {
    add(decodeAs(text, scheme.key.encoding), cost, steps);
    const encodingClass = classes.find(({ keyBytes }) => keyBytes);
    for (const move of encodingClass?.keyBytes?.(text, evidence) ?? []) {
      if (encodingClass && (all || move.cost === 1))
        add(move.bytes, cost + move.cost, [...steps, step(encodingClass, move.detail, move.bytes)]);
    }
  };
  read(right.text, 0, [], true);
  const given = secretText(evidence.credential.secret);
  for (const mistake of classes) {
    for (const text of new Set([right.text, given])) {
      for (const move of mistake.keyTexts?.(text, evidence) ?? []) {
        read(
          move.text,
          move.cost,
          [step(mistake, move.detail, move.text)],
          mistake.id === 'key/other' && move.cost === 1 && move.text !== '',
        );
      }
    }
  }
  if (given !== right.text) {
    const stray = classes.find(({ id }) => id === 'key/stray-characters');
    if (stray) read(given, 1, [step(stray, 'is the text as you gave it, with what sticks to it', given)], true);
  }
  return [...found.values()].toSorted((left, right_) => left.cost - right_.cost);
}

function decodeAs(text: string, encoding: Evidence['scheme']['key']['encoding']): Uint8Array {
  if (encoding === 'utf8') return bytesOf(text);
  return encoding === 'base64' ? decodeLenientBase64(text) : (decodeHex(text) ?? bytesOf(text));
}

function keyCandidate(bytes: Uint8Array, cost: number, steps: readonly Step[]): KeyCandidate {
  const macs: Partial<Record<HashAlgorithm, Mac>> = {};
  return { cost, steps, mac: (algorithm) => (macs[algorithm] ??= prepareMac(algorithm, bytes)) };
}

/** Other computations with the right key and with its text, as keys of their own kind. */
export function constructCandidates(
  right: RightKey,
  evidence: Evidence,
  classes: readonly MistakeClass[],
): KeyCandidate[] {
  const candidates: KeyCandidate[] = [];
  const texts: readonly [Uint8Array, readonly Step[]][] = [[right.bytes, []]];
  const encodingClass = classes.find(({ keyBytes }) => keyBytes);
  const asText: readonly [Uint8Array, readonly Step[]][] =
    evidence.scheme.key.encoding === 'utf8' || !encodingClass
      ? []
      : [
          [
            bytesOf(right.text),
            [
              {
                mistake: encodingClass,
                detail: 'the key is used as the text itself',
                part: 'key',
                yours: right.text,
                expected: right.bytes,
              },
            ],
          ],
        ];
  for (const mistake of classes) {
    for (const move of mistake.constructs?.(evidence) ?? []) {
      for (const [bytes, steps] of [...texts, ...asText]) {
        const step: Step = { mistake, detail: move.detail, part: 'signature', yours: '', expected: '' };
        candidates.push({
          cost: move.cost + (steps.length > 0 ? 1 : 0),
          steps: [...steps, step],
          mac: (algorithm) => move.prepare(bytes, algorithm),
        });
      }
    }
  }
  return candidates.toSorted((left, right_) => left.cost - right_.cost);
}

/** The class of an id, where it can hit the scheme. */
export function classOf(id: MistakeId, classes: readonly MistakeClass[]): MistakeClass | undefined {
  return classes.find((mistake) => mistake.id === id);
}
