import { headerValue } from '../../message.ts';
import { Secret } from '../../secret.ts';
import { verify } from '../../verify.ts';
import type { Scheme } from '../../scheme.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Finding, MistakeClass } from '../search/mistake-class.ts';
import { secretText } from '../text/secret-text.ts';

type Other =
  /** The shape of what the header holds, and what belongs there. */
  | { readonly kind: 'shape'; readonly header: string; readonly shape: string; readonly template: string }
  | { readonly kind: 'verifies'; readonly as: Scheme; readonly judgedAs: Scheme };

/** Signed, and by another scheme. */
export const schemeOther: MistakeClass<Other> = {
  id: 'scheme/other',
  rank: 490,
  needs: 'nothing',
  finding: 'unsigned',
  lint: ({ authorization, message, scheme }) => {
    if (authorization) return undefined;
    const value = headerValue(message.headers, scheme.authorization.header);
    const shape = value === undefined ? undefined : headerShape(value);
    if (value === undefined || shape === undefined) return undefined;
    const word = /^\S+/.exec(value)?.[0] ?? '';
    return {
      detail: { kind: 'shape', header: scheme.authorization.header, shape, template: scheme.authorization.template },
      part: 'authorization',
      yours: `${word} …`,
      expected: scheme.authorization.template,
    };
  },
  beforePairs: otherScheme,
  say: (detail) => `The request is signed by another scheme: ${inWords(detail)}.`,
  fixes: {
    javascript: "import { sign } from '@countersign/core/sign'; // with the scheme that this service documents",
    python: '# sign as this service documents; an example for another service does not fit',
    csharp: '// sign as this service documents; an example for another service does not fit',
    java: '// sign as this service documents; an example for another service does not fit',
    php: '// sign as this service documents; an example for another service does not fit',
    postman: "// Authorization tab: No Auth, so that the script's header is the one that is sent",
  },
};

function inWords(detail: Other): string {
  if (detail.kind === 'shape') return `${detail.header} is ${detail.shape}, not "${detail.template}"`;
  const { as, judgedAs } = detail;
  return `it verifies as ${as.title} (${as.id}), and was judged as ${judgedAs.title} (${judgedAs.id})`;
}

/** One of the library's other schemes accepts the request. */
function otherScheme({ options, credential, message, scheme }: Evidence): Finding<Other> | undefined {
  for (const other of options.otherSchemes ?? []) {
    if (other.id === scheme.id) continue;
    try {
      const secret = new Secret(secretText(credential.secret), other.key.encoding);
      const { keyId } = credential;
      const result = verify(other, { secret, ...(keyId !== undefined && { keyId }) }, message, {
        tolerate: 'all',
        toleranceSeconds: Number.MAX_SAFE_INTEGER,
      });
      if (result.ok)
        return {
          detail: { kind: 'verifies', as: other, judgedAs: scheme },
          part: 'authorization',
          yours: other.id,
          expected: scheme.id,
        };
    } catch {
      // The secret is none of that scheme's.
    }
  }
  return undefined;
}

const shapes: readonly [pattern: RegExp, name: string][] = [
  [/^Bearer\s+ey[\w-]+\.[\w-]+\.[\w-]*/i, 'a bearer token (JWT)'],
  [/^Bearer\s/i, 'a bearer token'],
  [/^ey[\w-]+\.[\w-]+\.[\w-]+$/, 'a JWT without a word before it'],
  [/^Basic\s/i, 'Basic authentication'],
  [/^Digest\s/i, 'Digest authentication'],
  [/^AWS4-HMAC-SHA256\s/, 'AWS Signature Version 4'],
  [/^AWS\s[^:]+:/, 'AWS Signature Version 2'],
  [/^SharedKey(?:Lite)?\s/i, 'Azure Storage or Log Analytics SharedKey'],
  [/^SharedAccessSignature\s|[?&]sig=/i, 'an Azure shared access signature'],
  [/^type%3dmaster|^type=master/i, 'a Cosmos DB master-key token'],
  [/^HMAC-SHA256\s+Credential=/i, 'Azure App Configuration’s HMAC-SHA256'],
  [/^HMAC-SHA256\s/i, 'Azure’s HMAC-SHA256 access-key scheme'],
  [/^application\s[^:]+:/i, 'a Sinch application signature'],
  [/^(?:user|instance)\s[^:]+:/i, 'a Sinch user or instance signature'],
  [/^service\s/i, 'a Sinch service signature'],
  [/^Hawk\s/i, 'Hawk'],
  [/^Signature\s+keyId=/i, 'an HTTP signature (draft-cavage)'],
  [/^sig\d*=/i, 'an HTTP message signature (RFC 9421)'],
  [/^OAuth\s/i, 'OAuth 1.0'],
  [/^TC3-HMAC-SHA256\s/, 'Tencent Cloud TC3'],
  [/^(?:OSS|ACS|acs)\d?(?:-HMAC-SHA256)?\s/, 'an Alibaba Cloud signature'],
  [/^EG1-HMAC-SHA256\s/, 'Akamai EdgeGrid'],
  [/^hmac\s/i, 'an hmac-auth gateway signature'],
  [/^[A-Za-z0-9+/]{20,}={0,2}$/, 'a bare key or token'],
];

/** What an Authorization header of another scheme is, by its shape. */
function headerShape(value: string): string | undefined {
  return shapes.find(([pattern]) => pattern.test(value.trim()))?.[1];
}
