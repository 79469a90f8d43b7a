import { declaredSignedHeaders, ownSignedHeaders } from '../reading/own-signed-headers.ts';
import { foreignComponent, type ForeignComponent } from '../reading/declared-signature.ts';
import { headerSlot, type Evidence } from '../reading/evidence.ts';
import type { Layout, Slot } from '../reading/layout.ts';
import { headerValue, headerValues } from '../../message.ts';
import { authorizationFixes } from '../fixes/authorization.ts';
import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import { declareHeaders } from '../fixes/headers.ts';
import { sentHeaderFixes } from '../fixes/sent-header.ts';
import type { Fixes } from '../diagnosis.ts';
import type { Finding, LayoutMove, MistakeClass, ValueMove } from '../search/mistake-class.ts';

type Difference =
  /** Declared as signed and not sent; `instead` is the date's other header, where that one was. */
  | { readonly kind: 'declared and unsent'; readonly names: readonly string[]; readonly instead: string | undefined }
  | { readonly kind: 'undeclared'; readonly names: readonly string[]; readonly declared: string }
  | { readonly kind: 'too many declared'; readonly names: readonly string[] }
  | { readonly kind: 'declared twice' | 'other order'; readonly declared: string }
  /** The scheme signs it in any case. */
  | { readonly kind: 'unsent' | 'signed too' | 'unsigned' | 'signed twice'; readonly name: string }
  | { readonly kind: 'values of'; readonly names: readonly string[] }
  /** The signature covers what no request has. */
  | { readonly kind: 'foreign'; readonly component: ForeignComponent };

/** The declared, the sent and the signed headers are not the same. */
export const headerSignedSet: MistakeClass<Difference> = {
  id: 'header/signed-set',
  rank: 50,
  needs: 'signed headers',
  variesByService: true,
  finding: 'unsent',
  lintSaysMore: true,
  lint: compareSets,
  values: (slot) =>
    slot.source.from === 'canonical-headers' || slot.source.from === 'listed-headers' ? fewerLines(slot) : [],
  // Where each request lists what it signs, its list says what is in the string.
  layouts: (layout, evidence) => (evidence.scheme.components ? [] : otherSets(layout, evidence)),
  say: (detail) => `The signed headers do not agree: ${inWords(detail)}.`,
  fixes: (evidence, detail) => {
    const list = ownSignedHeaders(evidence);
    switch (detail.kind) {
      case 'declared and unsent':
      case 'unsent':
        return sendSigned(evidence);
      case 'undeclared':
      case 'too many declared':
      case 'declared twice':
      case 'other order':
        return list ? declareHeaders(list) : sendSigned(evidence);
      case 'foreign':
        return authorizationFixes(evidence.scheme, list);
      default:
        return stringToSignFixes(evidence.scheme);
    }
  },
};

function inWords(detail: Difference): string {
  switch (detail.kind) {
    case 'declared and unsent': {
      const instead = detail.instead === undefined ? '' : `; ${detail.instead} was sent instead`;
      return `${quoted(detail.names)} declared as signed and not sent${instead}`;
    }
    case 'undeclared':
      return `${quoted(detail.names)} missing from the declared list "${detail.declared}"`;
    case 'too many declared':
      return `${quoted(detail.names)} declared as signed, and the scheme does not sign ${detail.names.length === 1 ? 'it' : 'them'}`;
    case 'declared twice':
      return `a header is declared twice in "${detail.declared}"`;
    case 'other order':
      return `they are declared in another order ("${detail.declared}")`;
    case 'unsent':
      return `"${detail.name}" is signed and was not sent`;
    case 'signed too':
      return `${detail.name} was signed too, and the scheme does not sign it`;
    case 'unsigned':
      return `${detail.name} was not signed`;
    case 'signed twice':
      return `${detail.name} was signed twice`;
    case 'values of':
      return `the string to sign has the values of ${detail.names.join(', ')}`;
    case 'foreign':
      return `${detail.component.identifier} is covered, ${owners[detail.component.of]}`;
  }
}

const owners: Readonly<Record<ForeignComponent['of'], string>> = {
  responses: 'which only the signature of a response can cover: a request has no value for it',
  trailers: 'a field of the trailers, and a request is judged without them',
  'nothing known': 'which is no component of a request',
};

function quoted(names: readonly string[]): string {
  return `"${names.join('", "')}" ${names.length === 1 ? 'is' : 'are'}`;
}

function compareSets(evidence: Evidence): Finding<Difference> | undefined {
  const { scheme, authorization, message } = evidence;
  const sentNames = [...new Set(message.headers.map(([name]) => name.toLowerCase()))];
  const declared = authorization?.fields.signedHeaders;
  const finding = (detail: Difference, yours: string, expected: string): Finding<Difference> => ({
    detail,
    part: 'authorization',
    yours,
    expected,
  });
  if (declared !== undefined && scheme.signedHeaders) {
    const list = declared.toLowerCase().split(';');
    const { accepted, furtherSeparator } = scheme.signedHeaders;
    const nearest = accepted.toSorted((left, right) => distance(left, list) - distance(right, list))[0] ?? [];
    const expected = nearest.join(';');
    const unsent = list.filter(
      (name) =>
        headerValue(message.headers, name) === undefined &&
        name !== scheme.contentHash?.header &&
        !(name === 'host' && evidence.isHostAssumed),
    );
    if (unsent.length > 0) {
      const date = scheme.date?.headers.find((name) => headerValue(message.headers, name) !== undefined);
      const instead = scheme.date?.headers.includes(unsent[0] ?? '') ? date : undefined;
      return finding(
        { kind: 'declared and unsent', names: unsent, instead },
        `declared ${declared}; sent ${sentNames.join(', ')}`,
        `sent ${expected}`,
      );
    }
    const missing = nearest.filter((name) => !list.includes(name));
    if (missing.length > 0) return finding({ kind: 'undeclared', names: missing, declared }, declared, expected);
    const extra = list.filter((name) => !nearest.includes(name));
    if (extra.length > 0 && furtherSeparator === undefined)
      return finding({ kind: 'too many declared', names: extra }, declared, expected);
    if (new Set(list).size < list.length) return finding({ kind: 'declared twice', declared }, declared, expected);
    if (list.slice(0, nearest.length).join() !== nearest.join())
      return finding({ kind: 'other order', declared }, declared, expected);
  }
  const component = foreignComponent(scheme, message);
  if (component) return { ...finding({ kind: 'foreign', component }, component.identifier, ''), isAlone: true };
  return undeclared(evidence);
}

/** The header that the scheme signs and that was not sent, else the date: send it, and declare it where headers are declared. */
function sendSigned(evidence: Evidence): Fixes {
  const { scheme, message, date, contentHash } = evidence;
  const list = declaredSignedHeaders(evidence) ?? ownSignedHeaders(evidence);
  const remark = list ? `and SignedHeaders=${list.join(';')}, in this order` : 'the same text that is signed';
  const dateHeader =
    scheme.date?.headers.find((name) => list?.includes(name)) ?? date?.header ?? scheme.date?.headers[0];
  const own = scheme.parts.flatMap(({ source }) =>
    source.from === 'date'
      ? (dateHeader ?? [])
      : source.from === 'header'
        ? source.header
        : source.from === 'host'
          ? 'host'
          : [],
  );
  const unsent = own.find((name) => headerValue(message.headers, name) === undefined);
  const header = unsent ?? dateHeader ?? own[0] ?? contentHash?.header ?? scheme.authorization.header;
  return sentHeaderFixes(scheme, header, list, remark);
}

/** The "x" of a header's name is said as a letter: "an x-timestamp", and "user-agent" begins with a consonant. */
function withArticle(name: string): string {
  return `${/^(?:[aeio]|x-)/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** Headers that the scheme signs in any case, whatever is declared. */
function undeclared({ scheme, message, date, host }: Evidence): Finding<Difference> | undefined {
  const dateNames = scheme.date?.headers ?? [];
  // The time of a signature that declares its components stands among its parameters, and in no header.
  if (scheme.date && date === undefined && !scheme.components) {
    return {
      detail: { kind: 'unsent', name: dateNames[0] ?? 'date' },
      part: datePart(scheme.parts),
      yours: '',
      expected: `${withArticle(dateNames.join(' or '))} header`,
    };
  }
  for (const { name, source } of scheme.parts) {
    if (source.from === 'host' && host === undefined)
      return { detail: { kind: 'unsent', name: 'host' }, part: name, yours: '', expected: 'a host header' };
    if (
      source.from === 'header' &&
      source.absent === 'refused' &&
      headerValue(message.headers, source.header) === undefined
    ) {
      return {
        detail: { kind: 'unsent', name: source.header },
        part: name,
        yours: '',
        expected: `${withArticle(source.header)} header`,
      };
    }
  }
  return undefined;
}

function datePart(parts: Evidence['scheme']['parts']): string {
  return parts.find(({ source }) => source.from === 'date')?.name ?? 'date';
}

function distance(left: readonly string[], right: readonly string[]): number {
  return left.filter((name) => !right.includes(name)).length + right.filter((name) => !left.includes(name)).length;
}

/** The string to sign over another set of headers: the declared one, one more, one less. */
function* otherSets(layout: Layout, evidence: Evidence): Generator<LayoutMove<Difference>> {
  const { message, scheme, authorization } = evidence;
  const signed = layout.filter(({ source }) => ['host', 'date', 'header', 'content-hash'].includes(source.from));
  if (signed.length === 0) return;
  const labelled = signed.find(({ before }) => /^[\w-]+:$/.test(before));
  const separator = labelled ? '\n' : (signed[0]?.after ?? ';');
  const extraSlot = (name: string): Slot => headerSlot(name, labelled ? `${name}:` : '', message);

  const declared = authorization?.fields.signedHeaders?.toLowerCase().split(';');
  if (declared && scheme.signedHeaders) {
    const byName = new Map(signed.map((slot) => [headerName(slot, evidence), slot]));
    for (const names of [declared, [...new Set(declared)], declared.toSorted()]) {
      const slots = names.map((name) => ({
        ...(byName.get(name) ?? dateSlot(name, evidence, layout) ?? extraSlot(name)),
        before: '',
      }));
      yield {
        detail: { kind: 'values of', names },
        cost: 1,
        layout: replaceSigned(layout, signed, slots, separator),
      };
    }
  }
  const own = new Set(signed.map((slot) => headerName(slot, evidence)));
  const others = new Set(message.headers.map(([name]) => name.toLowerCase()));
  for (const name of [...others, 'content-type', 'content-length', 'accept', 'user-agent']) {
    if (own.has(name) || name === scheme.authorization.header) continue;
    // Of a header that is not there no more than a separator is left, and what the client adds itself is seldom signed.
    const doubt = others.has(name) && name !== 'user-agent' ? 0 : 1;
    for (let at = 0; at <= signed.length; at++) {
      const slots = signed.toSpliced(at, 0, extraSlot(name));
      yield {
        detail: { kind: 'signed too', name },
        cost: (at === signed.length || at === 0 ? 1 : 2) + doubt,
        layout: replaceSigned(layout, signed, slots, separator),
      };
    }
    const extra = extraSlot(name);
    // A line break alone is one too many, and no header that is not there.
    if (separator === '\n' && extra.value === '' && extra.before === '') continue;
    yield {
      detail: { kind: 'signed too', name },
      cost: 2 + doubt,
      layout: [...layout.slice(0, -1), { ...(layout.at(-1) as Slot), after: separator }, extra],
    };
  }
  // Without a declared list there is no set to compare with: a part that is missing there is `layout/part-missing`.
  if (declared) yield* changedList(layout, signed, declared, separator, evidence);
  yield* bothDates(layout, signed, separator, evidence);
  yield* blankHashFilled(layout, evidence);
}

/** One header less than the scheme signs, or one of them twice. */
function* changedList(
  layout: Layout,
  signed: readonly Slot[],
  declared: readonly string[],
  separator: string,
  evidence: Evidence,
): Generator<LayoutMove<Difference>> {
  for (const [at, slot] of signed.entries()) {
    const name = headerName(slot, evidence);
    if (declared.includes(name)) continue;
    yield {
      detail: { kind: 'unsigned', name },
      cost: 1,
      layout: replaceSigned(layout, signed, signed.toSpliced(at, 1), separator),
    };
  }
  for (const [at, slot] of signed.entries()) {
    const slots = signed.toSpliced(at, 0, slot);
    yield {
      detail: { kind: 'signed twice', name: headerName(slot, evidence) },
      cost: 2,
      layout: replaceSigned(layout, signed, slots, separator),
    };
  }
}

/** More have no client. */
const mostLines = 64;

/** Of the headers that are signed in lines of their own one less. */
function* fewerLines({ value }: Slot): Generator<ValueMove<Difference>> {
  if (typeof value !== 'string') return;
  const lines = value.split(/(?<=\n)/);
  if (lines.length < 2 || lines.length > mostLines) return;
  for (const [at, line] of lines.entries()) {
    const name = line.slice(0, line.indexOf(':'));
    yield { detail: { kind: 'unsigned', name }, cost: 1, value: lines.toSpliced(at, 1).join('') };
  }
}

/** Date and its provider-specific sister both signed. */
function* bothDates(
  layout: Layout,
  signed: readonly Slot[],
  separator: string,
  { scheme, message, date }: Evidence,
): Generator<LayoutMove<Difference>> {
  const at = signed.findIndex(({ source }) => source.from === 'date');
  const slot = signed[at];
  if (!slot) return;
  for (const name of scheme.date?.headers ?? []) {
    for (const value of new Set([...headerValues(message.headers, name), date?.text ?? ''])) {
      if (name === date?.header || value === '') continue;
      for (const place of [at, at + 1]) {
        yield {
          detail: { kind: 'signed too', name },
          cost: 2,
          layout: replaceSigned(
            layout,
            signed,
            signed.toSpliced(place, 0, { ...slot, name: `header ${name}`, value }),
            separator,
          ),
        };
      }
    }
  }
}

/** A hash in the string to sign of a message whose hash stays blank, or the date in the line of a header that it supersedes. */
function* blankHashFilled(layout: Layout, { message, date }: Evidence): Generator<LayoutMove<Difference>> {
  for (const [index, slot] of layout.entries()) {
    if (slot.source.from === 'superseded-header' && slot.value === '') {
      for (const value of new Set([date?.text ?? '', headerValue(message.headers, slot.source.header) ?? ''])) {
        if (value === '') continue;
        const { header: name } = slot.source;
        yield { detail: { kind: 'signed too', name }, cost: 1, layout: layout.with(index, { ...slot, value }) };
      }
    }
    if (slot.source.from !== 'header' || slot.value !== '' || slot.source.header !== 'content-md5') continue;
    const length = headerValue(message.headers, 'content-length');
    if (length !== undefined)
      yield {
        detail: { kind: 'signed too', name: 'content-length' },
        cost: 3,
        layout: layout.with(index, { ...slot, value: length }),
      };
  }
}

function headerName(slot: Slot, { date, contentHash }: Evidence): string {
  if (slot.source.from === 'header') return slot.source.header;
  if (slot.source.from === 'date') return date?.header ?? slot.name;
  if (slot.source.from === 'content-hash') return contentHash?.header ?? slot.name;
  return slot.source.from;
}

function dateSlot(name: string, { scheme, message }: Evidence, layout: Layout): Slot | undefined {
  if (!scheme.date?.headers.includes(name)) return undefined;
  const slot = layout.find(({ source }) => source.from === 'date');
  return slot && { ...slot, value: headerValue(message.headers, name) ?? slot.value };
}

/** Puts other slots where the signed headers stand, joined by the same separator, the last one ending as the last did. */
function replaceSigned(layout: Layout, signed: readonly Slot[], slots: readonly Slot[], separator: string): Layout {
  const first = layout.indexOf(signed[0] as Slot);
  const last = layout.indexOf(signed.at(-1) as Slot);
  const end = (signed.at(-1) as Slot).after;
  const joined = slots.map((slot, index) => ({ ...slot, after: index === slots.length - 1 ? end : separator }));
  const between = layout.slice(first, last + 1).filter((slot) => !signed.includes(slot));
  return [...layout.slice(0, first), ...between, ...joined, ...layout.slice(last + 1)];
}
