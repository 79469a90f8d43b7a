import { createHmac, createPublicKey, randomUUID, type JsonWebKey } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { headerValue } from '@countersign/core/message';
import { withHeaders, type WholeMessage } from '../../requests/signed-message.ts';
import { rightRequest, type Attack, type AttackContext } from '../attack.ts';
import type { TokenProof } from '../prover.ts';

/** Tokens that are not the provider's, or not for this receiver. */
export const tokenAttacks: readonly Attack[] = [
  token('token/algorithm-none', 'a token that says it needs no signature (alg: none)', {
    close: 'Take the one algorithm that your provider uses, whatever the token says of itself.',
    tokens: async (_, claims) =>
      ['none', 'None', 'NONE'].map((alg) => [`"alg":"${alg}"`, `${encode({ alg, typ: 'JWT' })}.${encode(claims)}.`]),
    ofScheme: ({ claims }) =>
      ['none', 'None', 'NONE'].map((alg) => [`"alg":"${alg}"`, `${encode({ alg, typ: 'JWT' })}.${encode(claims)}.`]),
  }),
  token('token/key-confusion', 'a token signed with the public key as a shared secret', {
    close: 'Take the one algorithm that your provider uses: under HS256 the public key would be the secret.',
    tokens: async ({ key }, claims) => {
      const { kid } = key;
      const { kty, n, e } = key as JsonWebKey;
      const pem = createPublicKey({ key: { kty, n, e } as JsonWebKey, format: 'jwk' });
      const secrets = [
        pem.export({ type: 'spki', format: 'pem' }),
        pem.export({ type: 'pkcs1', format: 'pem' }),
        pem.export({ type: 'spki', format: 'der' }),
        JSON.stringify({ kty, n, e }),
        Buffer.from(n ?? '', 'base64url'),
      ];
      return secrets.map((secret, index) => {
        const unsigned = `${encode({ alg: 'HS256', kid, typ: 'JWT' })}.${encode(claims)}`;
        const signature = createHmac('sha256', secret).update(unsigned).digest('base64url');
        return [`HS256, the public key in form ${index + 1}`, `${unsigned}.${signature}`];
      });
    },
  }),
  token('token/other-key', 'a token signed with a key that it brings along', {
    close: 'Look the key up by its id among those that the provider publishes; never take one out of the token.',
    async tokens({ key }, claims) {
      const { exportJWK, generateKeyPair, SignJWT } = await import('jose');
      const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
      const jwk = await exportJWK(publicKey);
      const headers = [{ kid: key.kid }, { kid: key.kid, jwk }, { kid: randomUUID() }, {}];
      return Promise.all(
        headers.map(async (header) => {
          const made = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...header });
          const shown = Object.keys(header).join(' and ') || 'nothing';
          return [`another key, with ${shown} in the token`, await made.sign(privateKey)] as const;
        }),
      );
    },
  }),
  token('token/changed-claims', 'a token whose claims were changed', {
    close: 'Verify the signature over the claims, and read them only afterwards.',
    tokens: async (_, claims, right) => {
      const [head = '', , signature = ''] = right.split('.');
      return [['changed claims', `${head}.${encode({ ...claims, sub: 'another' })}.${signature}`]];
    },
    ofScheme: ({ head, claims, signature }) => [
      ['changed claims', `${head}.${encode({ ...claims, sub: 'another' })}.${signature}`],
    ],
  }),
  token('token/other-audience', "a token for somebody else's resource", {
    close: 'Compare the audience with the id of your own resource: the provider signs tokens for everybody’s.',
    tokens: async (by, claims) => {
      const withoutAudience = { ...claims };
      delete withoutAudience.aud;
      return [
        ['a token for another resource', await signed(by, { ...claims, aud: randomUUID() })],
        ['a token for nobody', await signed(by, withoutAudience)],
      ];
    },
  }),
  token('token/other-issuer', 'a token of another issuer', {
    close: 'Compare the issuer with the one that your provider documents.',
    tokens: async (by, claims) => [
      ['a token of another issuer', await signed(by, { ...claims, iss: 'https://issuer.example' })],
    ],
  }),
  token('token/endless', 'a token that does not expire', {
    close: 'Demand that a token expires.',
    tokens: async (by, claims) => {
      const endless = { ...claims };
      delete endless.exp;
      return [['a token without an end', await signed(by, endless)]];
    },
  }),
];

/** Each with what it is. */
type Tokens = readonly (readonly [what: string, token: string])[];

function token(
  id: string,
  title: string,
  rest: {
    readonly close: string;
    readonly tokens: (by: TokenProof, claims: JWTPayload, right: string) => Promise<Tokens>;
    /** The same of a scheme whose tokens are made with a shared secret: from a right one, its parts and its claims. */
    readonly ofScheme?: (right: SchemeToken) => Tokens;
  },
): Attack {
  return {
    id,
    title,
    changes: 'the token',
    close: rest.close,
    async *attempts(context) {
      const { by } = context.prover;
      if (by.kind !== 'token') {
        yield* rest.ofScheme ? schemeTokens(context, rest.ofScheme) : [];
        return;
      }
      const message = await rightRequest(context);
      const right = bearer(message);
      const claims = JSON.parse(Buffer.from(right.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;
      for (const [what, text] of await rest.tokens(by, claims, right)) {
        yield { what, message: withToken(context, text) };
      }
    },
  };
}

/** A right token of a scheme, taken apart. */
interface SchemeToken {
  readonly head: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signature: string;
}

/** Tokens made of a right one of a scheme, each in its place in a right request. */
async function* schemeTokens(
  context: AttackContext,
  tokens: (right: SchemeToken) => Tokens,
): AsyncGenerator<{ what: string; message: WholeMessage }> {
  const { by, proofHeader } = context.prover;
  if (by.kind !== 'scheme' || !by.scheme.parts.some(({ source }) => source.from === 'token-claims')) return;
  const message = await rightRequest(context);
  const [, word = '', right = ''] = /^(\S+ )?(\S+)$/.exec(headerValue(message.headers, proofHeader) ?? '') ?? [];
  const [head = '', encoded = '', signature = ''] = right.split('.');
  const claims = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Record<string, unknown>;
  for (const [what, text] of tokens({ head, claims, signature }))
    yield { what, message: withHeaders(message, [[proofHeader, word + text]]) };
}

function bearer({ headers }: WholeMessage): string {
  return (headerValue(headers, 'authorization') ?? '').replace(/^Bearer /, '');
}

function withToken({ fresh }: AttackContext, text: string): WholeMessage {
  return withHeaders(fresh(), [['Authorization', `Bearer ${text}`]]);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Rightly signed, with other claims. */
async function signed({ key }: TokenProof, claims: JWTPayload): Promise<string> {
  const { importJWK, SignJWT } = await import('jose');
  const privateKey = await importJWK(key, 'RS256');
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' }).sign(privateKey);
}
