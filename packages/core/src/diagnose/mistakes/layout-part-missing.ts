import { type Departure, sayDeparture } from '../search/departure.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Layout, Slot } from '../reading/layout.ts';
import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import type { Find, LayoutMove, MistakeClass } from '../search/mistake-class.ts';

type Parts =
  | { readonly kind: 'missing' | 'empty' | 'empty with its label' | 'alone'; readonly part: string }
  | { readonly kind: 'both missing'; readonly parts: readonly [string, string] }
  | { readonly kind: 'without label' | 'other label'; readonly part: string; readonly label: string }
  | { readonly kind: 'label twice'; readonly label: string }
  | { readonly kind: 'word'; readonly part: string; readonly word: string }
  | { readonly kind: 'labels'; readonly sign: string }
  | { readonly kind: 'labels on lines' | 'no labels' | 'nothing' }
  /** What the scheme does not sign stands at an end. */
  | { readonly kind: 'added'; readonly what: string; readonly where: 'before' | 'behind' };

/** A string to sign with something in it that no part has. */
type Unlike = Extract<Find, { kind: 'text behind' | 'other line' }>;

/** A part that is not there, is empty, has a label it should not have, or lacks the one it should. */
export const layoutPartMissing: MistakeClass<Parts | Departure | Unlike> = {
  id: 'layout/part-missing',
  rank: 420,
  needs: 'several parts',
  layouts: (layout, evidence) => otherParts(layout, evidence),
  // Of whatever no other class speaks.
  speaksOf: (find) =>
    find.kind === 'departure' || find.kind === 'text behind' || find.kind === 'other line' ? find : undefined,
  say: (detail) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    if (detail.kind === 'other line') return sayOtherLine(detail);
    return detail.kind === 'text behind'
      ? `Behind the last part, your string to sign goes on with "${detail.text}".`
      : `The string to sign has other parts: ${inWords(detail)}.`;
  },
  fixes: ({ scheme }) => stringToSignFixes(scheme),
};

function sayOtherLine({ line, yours, expected }: Extract<Unlike, { kind: 'other line' }>): string {
  const stands = yours === '' ? 'nothing stands' : `"${yours}" stands`;
  return `Your string to sign is put together otherwise: in line ${line}, ${stands} where ${expected === '' ? 'nothing' : `"${expected}"`} belongs.`;
}

function inWords(detail: Parts): string {
  switch (detail.kind) {
    case 'missing':
      return `the ${detail.part} is missing`;
    case 'empty':
      return `the ${detail.part} is empty`;
    case 'empty with its label':
      return `the ${detail.part} is empty, its label too`;
    case 'alone':
      return `only the ${detail.part} is there`;
    case 'both missing':
      return `the ${detail.parts.join(' and the ')} are missing`;
    case 'without label':
      return `the ${detail.part} stands without its label "${detail.label}"`;
    case 'other label':
      return `the ${detail.part} has the label "${detail.label}"`;
    case 'label twice':
      return `the label "${detail.label}" stands there twice`;
    case 'word':
      return `the ${detail.part} is the text "${detail.word}"`;
    case 'labels':
      return `every header value has its label ("name${detail.sign}value")`;
    case 'labels on lines':
      return 'every header value has its label, on a line of its own';
    case 'nothing':
      return 'none of them is there';
    case 'no labels':
      return 'every part stands without its label';
    case 'added':
      return `the ${detail.what} stands ${detail.where === 'before' ? 'before the first part' : 'after the last part'}`;
  }
}

function* otherParts(layout: Layout, evidence: Evidence): Generator<LayoutMove<Parts>> {
  for (const [at, slot] of layout.entries()) {
    yield { detail: { kind: 'missing', part: slot.name }, cost: 1, layout: without(layout, at) };
    if (slot.value.length > 0)
      yield { detail: { kind: 'empty', part: slot.name }, cost: 1, layout: layout.with(at, { ...slot, value: '' }) };
    if (slot.before !== '') {
      yield {
        detail: { kind: 'without label', part: slot.name, label: slot.before },
        cost: 1,
        layout: layout.with(at, { ...slot, before: '' }),
      };
      yield {
        detail: { kind: 'label twice', label: slot.before },
        cost: 1,
        layout: layout.with(at, { ...slot, before: slot.before + slot.before }),
      };
      yield {
        detail: { kind: 'empty with its label', part: slot.name },
        cost: 2,
        layout: layout.with(at, { ...slot, before: '', value: '' }),
      };
    }
    for (const label of labelsOf(slot, evidence)) {
      for (const [sign, cost] of [
        [':', 1],
        [': ', 2],
        ['=', 2],
      ] as const) {
        if (slot.before !== label + sign)
          yield {
            detail: { kind: 'other label', part: slot.name, label: label + sign },
            cost,
            layout: layout.with(at, { ...slot, before: label + sign }),
          };
      }
    }
    for (const word of ['undefined', 'null', 'None', 'NaN'])
      yield {
        detail: { kind: 'word', part: slot.name, word },
        cost: 2,
        layout: layout.with(at, { ...slot, value: word }),
      };
  }
  yield* everyLabel(layout, evidence);
  for (let left = 0; left < layout.length; left++) {
    for (let right = left + 1; right < layout.length; right++) {
      const parts = [layout[left]?.name ?? '', layout[right]?.name ?? ''] as const;
      yield { detail: { kind: 'both missing', parts }, cost: 2, layout: without(without(layout, right), left) };
    }
    yield {
      detail: { kind: 'alone', part: layout[left]?.name ?? '' },
      cost: 2,
      layout: [{ ...(layout[left] as Slot), after: '', before: '' }],
    };
  }
  yield* bodyAlone(layout, evidence);
  yield* added(layout, evidence);
}

/** The body itself where its hash is signed with other parts, as other services have it; or nothing at all. */
function* bodyAlone(layout: Layout, { bodyText, layout: own }: Evidence): Generator<LayoutMove<Parts>> {
  const isWhole = layout === own;
  if (!isWhole || own.some(({ source }) => source.from === 'body')) return;
  const alone = (name: string, value: string): Layout => [
    { name, source: { from: 'literal', text: value }, before: '', value, after: '' },
  ];
  if (bodyText !== undefined && bodyText !== '')
    yield { detail: { kind: 'alone', part: 'body' }, cost: 1, layout: alone('body', bodyText) };
  yield { detail: { kind: 'nothing' }, cost: 2, layout: alone('nothing', '') };
}

/** A part taken out with its separator; what stood last passes its ending on. */
function without(layout: Layout, at: number): Layout {
  const rest = layout.toSpliced(at, 1);
  const last = rest.at(-1);
  return at === layout.length - 1 && last ? [...rest.slice(0, -1), { ...last, after: layout[at]?.after ?? '' }] : rest;
}

/** Header lines as `name:value` for every header part at once, or bare values for all. */
function* everyLabel(layout: Layout, evidence: Evidence): Generator<LayoutMove<Parts>> {
  const isHeader = ({ source }: Slot): boolean => ['host', 'date', 'header', 'content-hash'].includes(source.from);
  for (const sign of [':', ': ', '=']) {
    for (const spelling of [0, 1]) {
      const all = layout.map((slot) =>
        isHeader(slot) ? { ...slot, before: (labelsOf(slot, evidence)[spelling] ?? slot.name) + sign } : slot,
      );
      yield { detail: { kind: 'labels', sign }, cost: 2, layout: all };
      yield {
        detail: { kind: 'labels on lines' },
        cost: 2,
        layout: all.map((slot, at) => (isHeader(slot) && at < all.length - 1 ? { ...slot, after: '\n' } : slot)),
      };
    }
  }
  yield {
    detail: { kind: 'no labels' },
    cost: 2,
    layout: layout.map((slot) => ({ ...slot, before: '' })),
  };
}

function labelsOf(slot: Slot, { date, contentHash }: Evidence): string[] {
  switch (slot.source.from) {
    case 'date':
      return [...new Set([date?.header ?? 'date', 'date', 'Date', 'x-ms-date', 'X-Timestamp', 'timestamp'])];
    case 'host':
      return ['host', 'Host'];
    case 'header':
      return [slot.source.header, slot.source.header.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())];
    case 'content-hash':
      return [...new Set([contentHash?.header ?? 'content-md5', 'content-md5', 'Content-MD5', 'x-ms-content-sha256'])];
    case 'target':
      return ['(request-target)', 'path'];
    default:
      return [];
  }
}

/** A part that the scheme does not have: the key id, the body, the signature’s own list, an empty line. */
function* added(
  layout: Layout,
  { authorization, credential, bodyText, scheme, host, contentHash, layout: own }: Evidence,
): Generator<LayoutMove<Parts>> {
  const has = (from: string): boolean => own.some(({ source }) => source.from === from);
  const extras: [name: string, value: string][] = [];
  for (const keyId of new Set([authorization?.fields.keyId, credential.keyId]))
    if (keyId !== undefined) extras.push(['key id', keyId]);
  if (bodyText !== undefined && bodyText !== '' && !has('body')) extras.push(['body', bodyText]);
  if (host !== undefined && !has('host')) extras.push(['host', host]);
  if (contentHash?.computed !== undefined && !has('content-hash')) extras.push(['content hash', contentHash.computed]);
  if (authorization?.fields.signedHeaders !== undefined)
    extras.push(['list of signed headers', authorization.fields.signedHeaders]);
  const word = /^([\w-]+) /.exec(scheme.authorization.template)?.[1];
  if (word !== undefined) extras.push([`word "${word}"`, word]);
  for (const [name, value] of extras) {
    for (const separator of new Set([layout[0]?.after ?? '\n', '\n', ';', ':', ''])) {
      const slot: Slot = { name, source: { from: 'literal', text: value }, before: '', value, after: separator };
      yield { detail: { kind: 'added', what: name, where: 'before' }, cost: 2, layout: [slot, ...layout] };
      const last = layout.at(-1) as Slot;
      yield {
        detail: { kind: 'added', what: name, where: 'behind' },
        cost: 2,
        layout: [...layout.slice(0, -1), { ...last, after: separator }, { ...slot, after: last.after }],
      };
    }
  }
}
