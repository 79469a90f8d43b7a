import { definePublicKeyScheme } from '@countersign/core/public-key-scheme';
import { defineScheme } from '@countersign/core/scheme';
import { rfc9421 } from '@countersign/core/schemes/rfc9421';
import { rfc9421Ed25519 } from '@countersign/core/schemes/rfc9421-ed25519';
import { describe, expect, test } from 'vitest';

// Whoever chooses what is signed chooses what a signature proves (RFC 9421 §3.2): without a set that has to be covered, and that
// requests can have, there is no scheme.

const define = {
  'with a shared secret': (components: unknown) => defineScheme({ ...rfc9421, components } as never),
  'with a public key': (components: unknown) => definePublicKeyScheme({ ...rfc9421Ed25519, components } as never),
};

describe.each(Object.entries(define))('a scheme of declared components, %s', (_, defined) => {
  const { required: _required, ...others } = rfc9421.components ?? { required: [] };

  test.each([
    ['no set', undefined],
    ['an empty set', []],
    ['text', '@method'],
    ['a component twice', ['@method', '@method']],
    ['a header in capitals', ['X-Tenant']],
    ['the status of a response', ['@status']],
    ['a name that nothing derives', ['@origin']],
    ['a component of the request of a response', ['@method;req']],
    ['a trailer', ['expires;tr']],
    ['a derived component with a parameter of headers', ['@path;sf']],
    ['a parameter of the query without its name', ['@query-param']],
  ])('is refused with %s', (_what, required) => {
    expect(() => defined(required === undefined ? others : { ...others, required })).toThrow(/components\.required/);
  });

  test.each([[['@method']], [['@query-param;name="id"', '@path', 'x-tenant']], [['content-digest;sf']]])(
    'is made with %j',
    (required) => {
      expect(() => defined({ ...rfc9421Ed25519.components, algorithm: 'ed25519', required })).not.toThrow();
    },
  );
});
