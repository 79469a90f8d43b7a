import { headerValue, message, type Header, type Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchVoiceV2 } from '@countersign/core/schemes/sinch-voice-v2';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret, type Credential } from '@countersign/core/secret';
import { verify, type Accepted, type VerifyOptions } from '@countersign/core/verify';
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  acsCredential,
  acsRequest,
  plusHeader,
  signed,
  signedAt,
  sinchCredential,
  sinchRequest,
  withHeader,
} from './requests.ts';

const key = 'JViE5vDor0Sw3WllZka15Q==';
const credentialOf = (scheme: Scheme, text = key): Credential => ({
  keyId: 'id',
  secret: new Secret(text, scheme.key.encoding),
});

function accepted(scheme: Scheme, credential: Credential, request: Message, options: VerifyOptions = {}): Accepted {
  const result = verify(scheme, credential, request, { now: signedAt, ...options });
  if (!result.ok) throw new Error(`${result.code}: ${result.summary}`);
  return result;
}
const acs = (request: Message, options?: VerifyOptions): Accepted => accepted(acsHmac, acsCredential, request, options);
const sinch = (request: Message, options?: VerifyOptions): Accepted =>
  accepted(sinchApplication, sinchCredential, request, options);

describe('an accepted request says what its signature proves', () => {
  test('of ACS', () => {
    const request = acsRequest();
    const signature = headerValue(request.headers, 'authorization')?.split('&Signature=')[1];
    expect(acs(request)).toMatchObject({ signature, signedAt, nonce: undefined, keyId: undefined });
    expect(acs(request).coveredHeaders).toEqual(['x-ms-date', 'host', 'x-ms-content-sha256']);
    expect(acs(acsRequest({ dateHeader: 'date' })).coveredHeaders).toEqual(['date', 'host', 'x-ms-content-sha256']);
  });

  test('of Sinch, whose content type need not be there', () => {
    expect(sinch(sinchRequest())).toMatchObject({ keyId: sinchCredential.keyId, signedAt });
    expect(sinch(sinchRequest()).coveredHeaders).toEqual(['content-type', 'x-timestamp']);
    const bare = signed(sinchApplication, sinchCredential, message({ url: 'https://h/' }));
    expect(sinch(bare).coveredHeaders).toEqual(['x-timestamp']);
  });

  test('of a webhook with a nonce, and of one without a time', () => {
    const headers: Header[] = [['X-Sinch-Webhook-Signature-Nonce', '01FJA8B4A7BM43YGWSG9GBV067']];
    const credential = credentialOf(sinchWebhook);
    const webhook = signed(sinchWebhook, credential, message({ url: '/', headers, body: '{}' }));
    expect(accepted(sinchWebhook, credential, webhook)).toMatchObject({
      nonce: '01FJA8B4A7BM43YGWSG9GBV067',
      signedAt,
      coveredHeaders: ['x-sinch-webhook-signature-nonce', 'x-sinch-webhook-signature-timestamp'],
    });
    const callback = signed(sinchNumbers, credential, message({ url: '/', body: '{}' }));
    const result = accepted(sinchNumbers, credential, callback);
    expect([result.signedAt, result.nonce, result.coveredHeaders]).toEqual([undefined, undefined, []]);
  });

  test('and not that of a header which a tolerated deviation signs in another form', () => {
    const elsewhere = withHeader(acsRequest(), 'host', 'contoso.communication.azure.com:8443');
    expect(acs(elsewhere, { tolerate: 'all' }).coveredHeaders).toEqual(['x-ms-date', 'x-ms-content-sha256']);
  });
});

describe('headers signed beyond a scheme’s own', () => {
  const credential = credentialOf(azureAppConfiguration);
  const url = 'https://h/kv';
  const headers = { 'X-Role': 'reader', 'X-Name': 'a;b' };
  const request = signed(azureAppConfiguration, credential, message({ url, headers }), {
    furtherHeaders: ['x-role', 'x-name'],
  });
  const judge = (changed: Message, furtherHeaders?: readonly string[]) =>
    verify(azureAppConfiguration, credential, changed, { now: signedAt, ...(furtherHeaders && { furtherHeaders }) });
  const renamed: Message = {
    ...request,
    headers: request.headers.map(([name, value]): Header =>
      name === 'X-Role' ? ['X-Group', value] : [name, value.replace('x-role', 'x-group')],
    ),
  };

  test('can be given other names, so they count as covered only for a verifier who names them', () => {
    const own = ['x-ms-date', 'host', 'x-ms-content-sha256'];
    for (const sent of [request, renamed]) {
      const note = { id: 'header/name-not-signed' };
      expect(judge(sent)).toMatchObject({ ok: true, coveredHeaders: own, notes: [note] });
    }
    expect(judge(request, ['x-role', 'x-name'])).toMatchObject({
      coveredHeaders: [...own, 'x-role', 'x-name'],
      notes: [],
    });
  });

  test.each([
    ['another name', renamed, ['x-role', 'x-name']],
    ['another order', request, ['x-name', 'x-role']],
    ['one fewer', request, ['x-role']],
    ['none', request, []],
    ['one more', request, ['x-role', 'x-name', 'accept']],
  ])('are refused where the verifier expects %s', (_, sent, expected) => {
    expect(judge(sent, expected)).toMatchObject({ ok: false, code: 'authorization/signed-headers' });
  });

  test('hold their separator only where nothing is signed after them', () => {
    const order = { furtherHeaders: ['x-name', 'x-role'] };
    expect(() => signed(azureAppConfiguration, credential, message({ url, headers }), order)).toThrow(
      expect.objectContaining({ code: 'header/malformed' }),
    );
  });
});

describe('the replay key', () => {
  test('is a SHA-256 over label, scheme, an HMAC under the key, and the bytes signed, each with its length', () => {
    const label = 'countersign replay key 1';
    const request = sinchRequest();
    const fingerprint = createHmac('sha256', Buffer.from(key, 'base64')).update(label).digest();
    const text = new TextDecoder().decode(sinch(request).trace()?.stringToSign);
    const hash = createHash('sha256');
    for (const field of [Buffer.from(label), Buffer.from('sinch-application'), fingerprint, Buffer.from(text)]) {
      const length = Buffer.alloc(8);
      length.writeBigUInt64BE(BigInt(field.length));
      hash.update(length).update(field);
    }
    expect(sinch(request).replayKey).toBe(hash.digest('hex'));
  });

  test('is one for every spelling of one signature', () => {
    const { replayKey } = sinch(sinchRequest());
    const authorization = headerValue(sinchRequest().headers, 'authorization') ?? '';
    const spellings = [
      withHeader(sinchRequest(), 'authorization', authorization.replace('application', 'APPLICATION')),
      { ...sinchRequest(), target: '/calling/v1/callouts?not=signed' },
      plusHeader(sinchRequest(), 'x-other', 'not signed'),
    ];
    for (const spelled of spellings) expect(sinch(spelled).replayKey).toBe(replayKey);
  });

  test('is one for both lists of signed headers', () => {
    const request = acsRequest();
    const other = {
      ...request,
      headers: request.headers.map(([name, value]): Header => [
        name.replace(/^x-ms-date$/i, 'Date'),
        value.replace('x-ms-date', 'date'),
      ]),
    };
    expect(other).not.toEqual(request);
    expect(acs(other).replayKey).toBe(acs(request).replayKey);
  });

  test('is one for what a tolerated deviation makes of the same bytes', () => {
    const elsewhere = withHeader(acsRequest(), 'host', 'contoso.communication.azure.com:8443');
    const result = acs(elsewhere, { tolerate: 'all' });
    expect(result.deviation?.id).toBe('host-without-port');
    expect(result.replayKey).toBe(acs(acsRequest()).replayKey);
  });

  test('is the same on another day, and each time it is read', () => {
    const { replayKey } = acs(acsRequest());
    const later = acs(acsRequest(), { now: new Date('2034-01-01'), toleranceSeconds: 1e9 });
    expect([later.replayKey, later.replayKey]).toEqual([replayKey, replayKey]);
  });

  test('differs with the request, the key and the scheme', () => {
    const keys = [acs(acsRequest()).replayKey];
    const unsigned = message({ method: 'POST', url: 'https://h/', body: 'x' });
    for (const text of [key, 'BeIukql3pTKJ8RGL5zo0DA==']) {
      for (const scheme of [sinchApplication, sinchVoiceV2, sinchNumbers]) {
        const credential = credentialOf(scheme, text);
        for (const body of ['x', 'y']) {
          const request = signed(scheme, credential, { ...unsigned, body: new TextEncoder().encode(body) });
          keys.push(accepted(scheme, credential, request).replayKey);
        }
      }
    }
    expect(new Set(keys).size).toBe(13);
    for (const one of keys) expect(one).toMatch(/^[0-9a-f]{64}$/);
  });

  test('costs nothing until it is read: no MAC beyond the one that verifies', () => {
    const secret = new Secret(key, 'base64');
    let macs = 0;
    const counted = Object.assign(Object.create(secret) as Secret, {
      mac: (algorithm: 'sha256') => {
        const mac = secret.mac(algorithm);
        return {
          ...mac,
          text: (...of: Parameters<typeof mac.text>) => (macs++, mac.text(...of)),
          bytes: (...of: Parameters<typeof mac.bytes>) => (macs++, mac.bytes(...of)),
        };
      },
    });
    const result = accepted(sinchApplication, { ...sinchCredential, secret: counted }, sinchRequest());
    expect(macs).toBe(1);
    expect([result.replayKey, result.replayKey]).toHaveLength(2);
    expect(macs).toBe(2);
  });
});
