import { receiver } from '@countersign/core/receiver';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { describe, expect, test } from 'vitest';
import { sinchCredential, sinchRequest } from './requests.ts';

// A scheme may come from a file, or from code that no compiler has seen.

/** The scheme with one member, named by its path, set to something else. */
function changed(scheme: Scheme, path: string, value: unknown): Scheme {
  const copy = structuredClone(scheme) as unknown as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() as string;
  const holder = names.reduce((held, name) => held[name] as Record<string, unknown>, copy);
  holder[last] = value;
  return copy as unknown as Scheme;
}

const unset = [undefined, null, '', ' ', 0, Number.NaN, true, {}, [], [undefined], Array(1), () => 'x'];
const mustBeThere = [
  'id',
  'title',
  'documentation',
  'authorization',
  'authorization.header',
  'authorization.template',
  'parts',
  'parts.0',
  'parts.0.name',
  'date',
  'date.headers',
  'date.headers.0',
  'contentHash',
  'signedHeaders',
  'signedHeaders.accepted',
  'signedHeaders.accepted.0',
  'signedHeaders.accepted.0.0',
];

describe('a member that was never set, or is of another type, is refused in words', () => {
  test.each(mustBeThere)('%s', (path) => {
    for (const value of unset) {
      expect(() => defineScheme(changed(acsHmac, path, value))).toThrow(
        /^scheme .*: .*(must be|needs|is empty|an id is|go together)/s,
      );
    }
  });

  const mayBeLeftOut = [
    'contentHash.header',
    'signedHeaders.furtherSeparator',
    'ambiguous',
    'signer',
    'deviations',
    'provider',
  ];
  test.each(mayBeLeftOut)('%s, unless it is left out', (path) => {
    expect(defineScheme(changed(acsHmac, path, undefined)).id).toBe('acs-hmac');
    for (const value of [null, 0, Number.NaN, '', true]) {
      expect(() => defineScheme(changed(acsHmac, path, value))).toThrow(`\`${path}\` must be`);
    }
  });

  test.each(['after', 'before', 'excludes'])('%s of a part: no word "undefined" or "null" is ever signed', (name) => {
    for (const value of [...(name === 'after' ? [undefined] : []), null, 0, {}, [], () => '']) {
      expect(() => defineScheme(changed(sinchWebhook, `parts.1.${name}`, value))).toThrow(
        `\`parts: ${name} of nonce\` must be text`,
      );
    }
  });

  test('headers that are looked for in lower case are named in lower case', () => {
    expect(() => defineScheme(changed(sinchApplication, 'date.headers', ['X-Timestamp']))).toThrow('in lower case');
    expect(() => defineScheme(changed(sinchApplication, 'authorization.header', 'x y'))).toThrow('name of a header');
  });
});

describe('a scheme is refused', () => {
  test('that signs nothing but its own words', () => {
    const parts = [{ name: 'version', source: { from: 'literal', text: 'v1' }, after: '' }];
    expect(() => defineScheme({ ...sinchWebhook, parts, nonce: undefined } as never)).toThrow(
      'at least one part must be signed',
    );
  });

  test.each([
    ['t={signature},v1={signature}', 'has a field twice'],
    ['{keyId}{signature}', 'has nothing between two fields'],
  ])('whose Authorization could be read in two ways: %s', (template, problem) => {
    expect(() => defineScheme(changed(sinchApplication, 'authorization.template', template))).toThrow(problem);
  });
});

describe('what was checked stays what is used', () => {
  const old = sinchRequest();
  const incoming = { method: old.method, url: old.target, rawHeaders: old.headers.flat() };
  const body = old.body as Uint8Array;

  test('by a receiver, whatever becomes of its scheme', () => {
    const scheme = structuredClone(sinchApplication) as { date: { toleranceSeconds: number } } & Scheme;
    const made = receiver({ scheme, credentials: sinchCredential });
    scheme.date.toleranceSeconds = 1e12;
    expect(made.verify(incoming, body)).toMatchObject({ ok: false, code: 'date/expired' });
  });

  test('of a scheme that answers differently each time', () => {
    let asked = 0;
    const date = { ...sinchApplication.date!, toleranceSeconds: undefined as never };
    Object.defineProperty(date, 'toleranceSeconds', { enumerable: true, get: () => (asked++ === 0 ? 300 : 1e12) });
    const scheme = defineScheme({ ...sinchApplication, date });
    expect([scheme.date?.toleranceSeconds, scheme.date?.toleranceSeconds]).toEqual([300, 300]);
  });

  test('in every part of a scheme: nothing of it can be changed', () => {
    const scheme = defineScheme(structuredClone(acsHmac)) as unknown as { parts: { after: string }[] };
    expect(() => scheme.parts.pop()).toThrow(TypeError);
    expect(() => (scheme.parts[0]!.after = '')).toThrow(TypeError);
  });

  test('of a scheme that is made of another one', () => {
    const mine = defineScheme(Object.create(sinchApplication, { id: { value: 'mine', enumerable: true } }) as Scheme);
    expect([mine.id, mine.parts]).toEqual(['mine', sinchApplication.parts]);
  });
});
