import { hashText, prepareMac } from '#digest';
import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { Data } from '../../digest/algorithms.ts';
import type { DerivedKeyRule } from '../../scheme.ts';
import { derivedKeyFixes } from '../fixes/derived-key.ts';
import { joinData } from '../reading/layout.ts';
import type { Evidence } from '../reading/evidence.ts';
import { namesOfHost, regionNames, serviceNames } from '../text/scope-names.ts';
import type { ConstructMove, MistakeClass } from '../search/mistake-class.ts';

type Derivation =
  | {
      readonly kind:
        'no prefix' | 'secret itself' | 'prefixed secret itself' | 'hexadecimal steps' | 'swapped arguments';
    }
  | { readonly kind: 'other steps'; readonly steps: readonly string[] }
  | { readonly kind: 'whole date' }
  /** Another step than the scope that is sent says, where it was taken. */
  | {
      readonly kind: 'other step';
      readonly step: 'region' | 'service' | 'day';
      readonly as: string;
      readonly where: keyof typeof places;
    }
  /** What was signed with the right key. */
  | {
      readonly kind:
        | 'request not hashed'
        | 'upper-case hash'
        | 'hashed twice'
        | 'hash in base64'
        | 'day for date'
        | 'no algorithm'
        | 'no date'
        | 'no scope';
    }
  | { readonly kind: 'other date'; readonly as: string }
  | { readonly kind: 'newline behind' | 'carriage returns' | 'other order' };

/** The key was not derived as the scheme derives it, or what is signed with it was put together differently. */
export const keyDerivation: MistakeClass<Derivation> = {
  id: 'key/derivation',
  rank: 65,
  needs: 'a derived key',
  constructs: (evidence) => movesOf(evidence),
  say: (detail, { evidence }) => `The signature comes out exactly when ${inWords(detail, evidence)}.`,
  fixes: ({ scheme }) => derivedKeyFixes(scheme),
};

function inWords(detail: Derivation, { scheme }: Evidence): string {
  const { prefix = '', algorithm = '', end = '' } = scheme.key.derived ?? {};
  switch (detail.kind) {
    case 'no prefix':
      return `the key is derived from the secret without "${prefix}" before it`;
    case 'secret itself':
      return 'the secret itself is the key, and none is derived from it';
    case 'prefixed secret itself':
      return `"${prefix}" and the secret are the key, and none is derived from them`;
    case 'hexadecimal steps':
      return 'each step of the derivation goes on with hexadecimal text; its key is the bytes';
    case 'swapped arguments':
      return 'key and message are swapped in each step of the derivation';
    case 'other steps':
      return `the key is derived by the steps ${detail.steps.join(', ') || 'none'}; they are date, region, service, ${end}`;
    case 'whole date':
      return 'the key is derived for date and time; the first step is the day alone, eight digits';
    case 'other step': {
      const as = detail.as === '' ? 'a blank' : detail.as;
      return `${places[detail.where]} the ${detail.step} ${as}, and the scope that is sent says another one`;
    }
    case 'request not hashed':
      return 'the canonical request itself is the last line of the string to sign; its hash belongs there';
    case 'upper-case hash':
      return 'the hash of the canonical request is written in capitals';
    case 'hashed twice':
      return 'the text of the hash of the canonical request is hashed once more';
    case 'hash in base64':
      return 'the hash of the canonical request is written in base64; it is hexadecimal';
    case 'other date':
      return `the second line of the string to sign is ${detail.as}; the time belongs there as it is sent`;
    case 'day for date':
      return 'the second line of the string to sign is the day alone; date and time belong there';
    case 'no algorithm':
      return `the first line of the string to sign, ${algorithm}, is left out`;
    case 'no date':
      return 'the line with date and time is left out of the string to sign';
    case 'no scope':
      return 'the line with the scope is left out of the string to sign';
    case 'newline behind':
      return 'a line break stands behind the string to sign';
    case 'carriage returns':
      return 'the lines of the string to sign end in CR LF';
    case 'other order':
      return 'scope and date stand in each other’s place in the string to sign';
  }
}

function* movesOf(evidence: Evidence): Generator<ConstructMove<Derivation>> {
  const rule = evidence.scheme.key.derived;
  const scope = rule && evidence.authorization?.fields.fields?.[rule.field];
  if (!rule || scope === undefined) return;
  const { date: { text: date } = { text: '' } } = evidence;
  const steps = scope.split('/');
  const [day = '', region = '', service = '', end = ''] = steps;
  const lines = (data: Data): string[] => [rule.algorithm, date, scope, hashText('sha256', data, 'hex')];
  const right = (data: Data): string => lines(data).join('\n');
  const withKey = (
    detail: Derivation,
    cost: number,
    key: (secret: Uint8Array) => Uint8Array,
  ): ConstructMove<Derivation> => signing(detail, cost, key, right);
  const derivedBy = (chosen: readonly string[]) => (secret: Uint8Array) => chain(joined(rule, secret), chosen);

  yield withKey({ kind: 'no prefix' }, 1, (secret) => chain(secret, steps));
  yield withKey({ kind: 'secret itself' }, 1, (secret) => secret);
  yield withKey({ kind: 'prefixed secret itself' }, 1, (secret) => joined(rule, secret));
  yield withKey({ kind: 'hexadecimal steps' }, 1, (secret) => {
    let key = joined(rule, secret);
    for (const step of steps) key = bytesOf(prepareMac('sha256', key).text(step, 'hex'));
    return key;
  });
  yield withKey({ kind: 'swapped arguments' }, 2, (secret) => {
    let key = joined(rule, secret);
    for (const step of steps) key = prepareMac('sha256', bytesOf(step)).bytes(key);
    return key;
  });
  yield withKey({ kind: 'whole date' }, 1, derivedBy([date, region, service, end]));
  for (const chosen of [
    [day, service, region, end],
    [region, day, service, end],
    [region, service, day, end],
    [service, region, day, end],
    [service, day, region, end],
    [day, region, service],
    [day, region, end],
    [day, service, end],
    [region, service, end],
    [day],
  ])
    yield withKey({ kind: 'other steps', steps: namesOf(chosen, steps) }, 1, derivedBy(chosen));
  const own = derivedBy(steps);
  for (const { step, as, cost } of otherSteps(steps, evidence)) {
    const chosen = steps.with(stepPlaces[step], as);
    const elsewhere = (data: Data): string => lines(data).with(2, chosen.join('/')).join('\n');
    const other = (where: keyof typeof places): Derivation => ({ kind: 'other step', step, as, where });
    yield withKey(other('key'), cost, derivedBy(chosen));
    yield signing(other('key and string'), cost, derivedBy(chosen), elsewhere);
    yield signing(other('string'), cost, own, elsewhere);
  }
  const withString = (detail: Derivation, cost: number, string: (data: Data) => Data): ConstructMove<Derivation> =>
    signing(detail, cost, own, string);
  yield withString({ kind: 'request not hashed' }, 1, (data) =>
    joinData([rule.algorithm, '\n', date, '\n', scope, '\n', data]),
  );
  yield withString({ kind: 'upper-case hash' }, 1, (data) =>
    lines(data)
      .with(3, hashText('sha256', data, 'upper-hex'))
      .join('\n'),
  );
  yield withString({ kind: 'hashed twice' }, 2, (data) =>
    lines(data)
      .with(3, hashText('sha256', hashText('sha256', data, 'hex'), 'hex'))
      .join('\n'),
  );
  yield withString({ kind: 'hash in base64' }, 2, (data) =>
    lines(data)
      .with(3, hashText('sha256', data, 'base64'))
      .join('\n'),
  );
  for (const as of otherDates(date))
    yield withString({ kind: 'other date', as }, 2, (data) => lines(data).with(1, as).join('\n'));
  yield withString({ kind: 'day for date' }, 1, (data) => lines(data).with(1, day).join('\n'));
  for (const [at, kind] of (['no algorithm', 'no date', 'no scope'] as const).entries())
    yield withString({ kind }, 1, (data) => lines(data).toSpliced(at, 1).join('\n'));
  yield withString({ kind: 'newline behind' }, 1, (data) => `${right(data)}\n`);
  yield withString({ kind: 'carriage returns' }, 2, (data) => lines(data).join('\r\n'));
  yield withString({ kind: 'other order' }, 2, (data) => {
    const [first = '', second = '', third = '', last = ''] = lines(data);
    return [first, third, second, last].join('\n');
  });
}

const places = {
  key: 'the key is derived for',
  'key and string': 'the key is derived for, and the string to sign has,',
  string: 'the string to sign has',
} as const;

const stepPlaces = { day: 0, region: 1, service: 2 } as const;

interface OtherStep {
  readonly step: keyof typeof stepPlaces;
  readonly as: string;
  readonly cost: number;
}

/** What another configuration would say: what the host names, what examples use, and of days those beside it. */
function* otherSteps(
  [day = '', region = '', service = '']: readonly string[],
  { host }: Evidence,
): Generator<OtherStep> {
  const known = namesOfHost(host ?? '');
  const others = (own: string, names: readonly string[], usual: number): (readonly [string, number])[] =>
    [...new Set([...known, ...names])]
      .filter((name) => name !== own)
      .map((name) => [name, known.includes(name) || names.indexOf(name) < usual ? 2 : 3]);
  for (const [as, cost] of others(region, regionNames, 10)) yield { step: 'region', as, cost };
  for (const [as, cost] of others(service, serviceNames, 11)) yield { step: 'service', as, cost };
  const noon = Date.parse(`${dashed(day)}T12:00:00Z`);
  if (Number.isNaN(noon)) return;
  const beside = [-1, 1, -2, 2].map((days) => new Date(noon + days * 86_400_000).toISOString().slice(0, 10));
  for (const as of [dashed(day), ...beside.map((date) => date.replaceAll('-', ''))]) yield { step: 'day', as, cost: 2 };
}

function dashed(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

/** The time in other formats. */
function otherDates(date: string): readonly string[] {
  const time = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
  if (Number.isNaN(time)) return [];
  const iso = new Date(time).toISOString();
  return [iso.replace('.000Z', 'Z'), iso, new Date(time).toUTCString(), String(time / 1000), date.slice(0, -1)];
}

function signing(
  detail: Derivation,
  cost: number,
  keyOf: (secret: Uint8Array) => Uint8Array,
  string: (data: Data) => Data,
): ConstructMove<Derivation> {
  return {
    detail,
    cost,
    prepare: (secret, algorithm) => {
      const mac = prepareMac(algorithm, keyOf(secret));
      return { text: (data, encoding) => mac.text(string(data), encoding) };
    },
  };
}

function joined({ prefix }: DerivedKeyRule, secret: Uint8Array): Uint8Array {
  return bytesOf(joinData([prefix, secret]));
}

function chain(first: Uint8Array, steps: readonly string[]): Uint8Array {
  let key = first;
  for (const step of steps) key = prepareMac('sha256', key).bytes(step);
  return key;
}

const stepNames = ['date', 'region', 'service', 'the end'];

function namesOf(chosen: readonly string[], steps: readonly string[]): string[] {
  return chosen.map((step) => stepNames[steps.indexOf(step)] ?? step);
}
