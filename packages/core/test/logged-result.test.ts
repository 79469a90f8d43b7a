import { inspect } from 'node:util';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { Credential } from '@countersign/core/secret';
import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { verify, type Accepted } from '@countersign/core/verify';
import { expect, test } from 'vitest';
import { acsCredential, acsRequest, signedAt, sinchCredential, sinchRequest } from './requests.ts';

function accepted(scheme: Scheme, credential: Credential, request: Message): Accepted {
  const result = verify(scheme, credential, request, { now: signedAt });
  if (!result.ok) throw new Error(result.code);
  return result;
}

test('a logged result says who signed, when, what is covered, and by which key a repeat is known', () => {
  const result = accepted(sinchApplication, sinchCredential, sinchRequest());
  const expected = {
    ok: true,
    credential: { keyId: '5F5C418A0F914BBC8234A9BF5EDDAD97', secret: '[secret]' },
    keyId: '5F5C418A0F914BBC8234A9BF5EDDAD97',
    signature: result.signature,
    signedAt: '2024-05-27T09:08:07.000Z',
    signsTime: true,
    coveredHeaders: ['content-type', 'x-timestamp'],
    replayKey: result.replayKey,
    notes: [],
  };
  expect(JSON.parse(JSON.stringify(result))).toEqual(expected);
  expect(JSON.parse(JSON.stringify({ ...result.toJSON() }))).toEqual(expected);
  for (const shown of ['replayKey', 'coveredHeaders', 'signedAt', '[secret]']) expect(inspect(result)).toContain(shown);
});

test('a logged result never shows the key', () => {
  const result = accepted(acsHmac, acsCredential, acsRequest());
  for (const text of [
    JSON.stringify(result),
    inspect(result, { depth: 9, showHidden: true }),
    JSON.stringify([result]),
  ]) {
    expect(text).not.toContain(acsCredential.secret.expose().text.slice(0, 12));
  }
});
