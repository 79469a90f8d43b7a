import { type Departure, phrase } from '../search/departure.ts';
import { told, type Told } from '../search/told.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Layout, Slot } from '../reading/layout.ts';
import { stringToSignFixes } from '../fixes/concatenation.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

/** A part that is not there, is empty, has a label it should not have, or lacks the one it should. */
export const layoutPartMissing: MistakeClass<Told | Departure> = {
  id: 'layout/part-missing',
  rank: 420,
  needs: 'several parts',
  layouts: (layout, evidence) => otherParts(layout, evidence),
  // Of whatever no other class speaks.
  speaksOf: (find) => (find.kind === 'departure' ? find : undefined),
  say: (detail) => `The string to sign has other parts: ${phrase(detail)}.`,
  fixes: ({ scheme }) => stringToSignFixes(scheme.parts),
};

function* otherParts(layout: Layout, evidence: Evidence): Generator<LayoutMove<Told>> {
  for (const [at, slot] of layout.entries()) {
    yield { detail: told(`the ${slot.name} is missing`), cost: 1, layout: without(layout, at) };
    if (slot.value.length > 0)
      yield { detail: told(`the ${slot.name} is empty`), cost: 1, layout: layout.with(at, { ...slot, value: '' }) };
    if (slot.before !== '') {
      yield {
        detail: told(`the ${slot.name} stands without its label "${slot.before}"`),
        cost: 1,
        layout: layout.with(at, { ...slot, before: '' }),
      };
      yield {
        detail: told(`the label "${slot.before}" stands there twice`),
        cost: 1,
        layout: layout.with(at, { ...slot, before: slot.before + slot.before }),
      };
      yield {
        detail: told(`the ${slot.name} is empty, its label too`),
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
            detail: told(`the ${slot.name} has the label "${label}${sign}"`),
            cost,
            layout: layout.with(at, { ...slot, before: label + sign }),
          };
      }
    }
    for (const word of ['undefined', 'null', 'None', 'NaN'])
      yield {
        detail: told(`the ${slot.name} is the text "${word}"`),
        cost: 2,
        layout: layout.with(at, { ...slot, value: word }),
      };
  }
  yield* everyLabel(layout, evidence);
  for (let left = 0; left < layout.length; left++) {
    for (let right = left + 1; right < layout.length; right++) {
      const names = `${layout[left]?.name} and ${layout[right]?.name}`;
      yield { detail: told(`the ${names} are missing`), cost: 2, layout: without(without(layout, right), left) };
    }
    yield {
      detail: told(`only the ${layout[left]?.name} is there`),
      cost: 2,
      layout: [{ ...(layout[left] as Slot), after: '', before: '' }],
    };
  }
  yield* added(layout, evidence);
}

/** A part taken out with its separator; what stood last passes its ending on. */
function without(layout: Layout, at: number): Layout {
  const rest = layout.toSpliced(at, 1);
  const last = rest.at(-1);
  return at === layout.length - 1 && last ? [...rest.slice(0, -1), { ...last, after: layout[at]?.after ?? '' }] : rest;
}

/** Header lines as `name:value` for every header part at once, or bare values for all. */
function* everyLabel(layout: Layout, evidence: Evidence): Generator<LayoutMove<Told>> {
  const isHeader = ({ source }: Slot): boolean => ['host', 'date', 'header', 'content-hash'].includes(source.from);
  for (const sign of [':', ': ', '=']) {
    for (const spelling of [0, 1]) {
      const all = layout.map((slot) =>
        isHeader(slot) ? { ...slot, before: (labelsOf(slot, evidence)[spelling] ?? slot.name) + sign } : slot,
      );
      yield { detail: told(`every header value has its label ("name${sign}value")`), cost: 2, layout: all };
      yield {
        detail: told(`every header value has its label, on a line of its own`),
        cost: 2,
        layout: all.map((slot, at) => (isHeader(slot) && at < all.length - 1 ? { ...slot, after: '\n' } : slot)),
      };
    }
  }
  yield {
    detail: told('every part stands without its label'),
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
  { authorization, credential, bodyText, scheme, host, contentHash }: Evidence,
): Generator<LayoutMove<Told>> {
  const has = (from: string): boolean => layout.some(({ source }) => source.from === from);
  const extras: [name: string, value: string][] = [];
  for (const keyId of new Set([authorization?.fields.keyId, credential.keyId]))
    if (keyId !== undefined) extras.push(['key id', keyId]);
  if (bodyText !== undefined && bodyText !== '' && !has('body')) extras.push(['body', bodyText]);
  if (host !== undefined && !has('host')) extras.push(['host', host]);
  if (contentHash?.computed !== undefined && !has('content-hash')) extras.push(['content hash', contentHash.computed]);
  if (authorization?.fields.signedHeaders !== undefined)
    extras.push(['list of signed headers', authorization.fields.signedHeaders]);
  const word = /^([\w-]+) /.exec(scheme.authorization.template)?.[1];
  if (word !== undefined) extras.push(['word', word]);
  for (const [name, value] of extras) {
    for (const separator of new Set([layout[0]?.after ?? '\n', '\n', ';', ':', ''])) {
      const slot: Slot = { name, source: { from: 'literal', text: value }, before: '', value, after: separator };
      yield { detail: told(`the ${name} stands before it`), cost: 2, layout: [slot, ...layout] };
      const last = layout.at(-1) as Slot;
      yield {
        detail: told(`the ${name} stands behind it`),
        cost: 2,
        layout: [...layout.slice(0, -1), { ...last, after: separator }, { ...slot, after: last.after }],
      };
    }
  }
}
