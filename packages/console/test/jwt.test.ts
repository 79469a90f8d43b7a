import { expect, test } from 'vitest';
import { openJwt } from '../src/calls/jwt.ts';

const encoded = (json: string): string => Buffer.from(json).toString('base64url');

test('a token is opened into its header and claims', () => {
  expect(openJwt(`${encoded('{"alg":"RS256"}')}.${encoded('{"iss":"é"}')}.AAAA`)).toEqual({
    header: { alg: 'RS256' },
    claims: { iss: 'é' },
    signature: 'AAAA',
  });
});

test.each(['null', '[]', '"text"', '1'])('what has %s for its claims is no token', (claims) => {
  expect(openJwt(`${encoded('{}')}.${encoded(claims)}.AAAA`)).toBeUndefined();
});
