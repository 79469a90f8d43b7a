import { hashText, prepareMac } from '#digest';
import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { Data } from '../../digest/algorithms.ts';
import type { DerivedKeyRule } from '../../scheme.ts';
import { derivedKeyFixes } from '../fixes/derived-key.ts';
import { joinData } from '../reading/layout.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { ConstructMove, MistakeClass } from '../search/mistake-class.ts';

type Derivation =
  | {
      readonly kind:
        'no prefix' | 'secret itself' | 'prefixed secret itself' | 'hexadecimal steps' | 'swapped arguments';
    }
  | { readonly kind: 'other steps'; readonly steps: readonly string[] }
  | { readonly kind: 'whole date' }
  | { readonly kind: 'other region'; readonly region: string }
  | { readonly kind: 'other service'; readonly service: string }
  /** What was signed with the right key. */
  | {
      readonly kind:
        'request not hashed' | 'upper-case hash' | 'day for date' | 'no algorithm' | 'no date' | 'no scope';
    }
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
    case 'other region':
      return `the key is derived for the region ${detail.region}, and the scope says another one`;
    case 'other service':
      return `the key is derived for the service ${detail.service}, and the scope says another one`;
    case 'request not hashed':
      return 'the canonical request itself is the last line of the string to sign; its hash belongs there';
    case 'upper-case hash':
      return 'the hash of the canonical request is written in capitals';
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

/** Regions that examples use, and that people deploy to most. */
const regions = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'eu-west-2',
  'eu-central-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
];
const services = ['execute-api', 'lambda', 's3', 'connect', 'chime', 'sts', 'iam', 'es', 'sns', 'sqs', 'service'];

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
  for (const other of regions)
    if (other !== region)
      yield withKey({ kind: 'other region', region: other }, 2, derivedBy([day, other, service, end]));
  for (const other of services)
    if (other !== service)
      yield withKey({ kind: 'other service', service: other }, 2, derivedBy([day, region, other, end]));

  const own = derivedBy(steps);
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
