import { expect, test } from 'vitest';
import { acsAccount } from '../../../src/providers/acs/accounts/account.ts';
import { BearerTokens } from '../../../src/providers/acs/authentication/bearer-token.ts';

const account = acsAccount.development();

/** A token with claims that nobody signed. */
function tokenWith(claims: string): string {
  const parts = ['{"alg":"RS256"}', claims].map((part) => Buffer.from(part).toString('base64url'));
  return `${parts.join('.')}.AAAA`;
}

const depth = 12_000;

test.each([
  ['an array that is nested deeper than a function can follow', `{"iss":${'['.repeat(depth)}${']'.repeat(depth)}}`],
  ['an object that is no text', '{"iss":{"toString":1,"valueOf":1}}'],
  ['a number', '{"iss":1}'],
  ['null', '{"iss":null}'],
])('a token whose issuer is %s is refused for its issuer', async (_, claims) => {
  const verdict = await new BearerTokens([account]).verify(tokenWith(claims), account, new Date());
  expect(verdict).toMatchObject({
    ok: false,
    code: 'token/issuer',
    summary: expect.stringMatching(/^the token's issuer is not said/) as string,
  });
});
