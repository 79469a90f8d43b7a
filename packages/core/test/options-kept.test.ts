import { signedFetch } from '@countersign/core/fetch';
import { message } from '@countersign/core/message';
import { receiver, type ReceiverOptions } from '@countersign/core/receiver';
import { acsHmac, parseConnectionString } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { acsCredential, signedAt, sinchCredential, sinchRequest } from './requests.ts';

// What was given is what counts: not what stands on a prototype, and not what becomes of a list afterwards.

const old = sinchRequest();
const incoming = { method: old.method, url: old.target, rawHeaders: old.headers.flat() };
const body = old.body as Uint8Array;
const right = { scheme: sinchApplication, credentials: sinchCredential };

/** Runs with members on `Object.prototype`, as a careless merge of a request's JSON leaves them. */
function polluted<Value>(members: Readonly<Record<string, unknown>>, run: () => Value): Value {
  const prototype = Object.prototype as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
  try {
    return run();
  } finally {
    for (const name of Object.keys(members)) Reflect.deleteProperty(prototype, name);
  }
}

describe('a polluted Object.prototype', () => {
  const lenient = { toleranceSeconds: 1e12, tolerate: 'all', furtherHeaders: ['x'] };

  test('makes no receiver accept what is old', () => {
    const made = receiver(right);
    expect(polluted(lenient, () => made.verify(incoming, body))).toMatchObject({ code: 'date/expired' });
  });

  test('makes verify accept nothing that is old, where it was given no options', () => {
    expect(polluted(lenient, () => verify(sinchApplication, sinchCredential, old))).toMatchObject({
      code: 'date/expired',
    });
  });
});

describe('a receiver', () => {
  test('keeps the lists that it was made with', () => {
    const tolerate: string[] = [];
    const made = receiver({ ...right, tolerate, now: () => signedAt });
    tolerate.push('nonsense');
    expect(made.verify(incoming, body).ok).toBe(true);
  });

  test('is not made of a secret that cannot compute', () => {
    const fakes = [Object.create(Secret.prototype), new Proxy(sinchCredential.secret, {}), structuredClone({})];
    for (const secret of fakes) {
      const credentials = { ...sinchCredential, secret: secret as Secret };
      expect(() => receiver({ ...right, credentials })).toThrow(TypeError);
    }
  });

  test.each([
    'https://[::1',
    'https://:80',
    'https://example.com:99999',
    'https://example.com:port',
    String.raw`https://example.com\evil`,
    'https://exa"mple<>',
  ])('is not made of a publicUrl that no client can call: %s', (publicUrl) => {
    expect(() => receiver({ ...right, publicUrl })).toThrow('publicUrl must be an http(s) URL');
  });

  test.each(['https://example.com/', 'https://example.com:8443/hooks/', 'http://[::1]:3000', 'https://Example.com'])(
    'is made of %s',
    (publicUrl) => expect(() => receiver({ ...right, publicUrl })).not.toThrow(),
  );

  test.each(['tolerate', 'furtherHeaders', 'credentials'] as const)('takes no list with holes as %s', (name) => {
    expect(() => receiver({ ...right, [name]: Array(1) } as ReceiverOptions)).toThrow(TypeError);
  });
});

describe('a key id', () => {
  test.each([' ', 'a b', 'a\nb', 'a\tb', 'a:b', 'a,b', '"a"', 'a\u001b[31m', 'a\0'])(
    'that no request could name is refused: %j',
    (keyId) => {
      const credential = { ...sinchCredential, keyId };
      const refusal = expect.objectContaining({ code: 'key/id-malformed' }) as Error;
      expect(() => sign(sinchApplication, credential, old)).toThrow(refusal);
      expect(() => receiver({ ...right, credentials: credential })).toThrow(refusal);
      expect(() => signedFetch(sinchApplication, credential)).toThrow(refusal);
    },
  );

  test('is text where requests name none, too', () => {
    for (const keyId of [null, 5, {}, ['a']]) {
      expect(() => receiver({ scheme: acsHmac, credentials: { ...acsCredential, keyId: keyId as never } })).toThrow(
        'keyId must be text, or left out',
      );
    }
    expect(() => receiver({ scheme: acsHmac, credentials: { ...acsCredential, keyId: 'key 1: spare' } })).not.toThrow();
  });
});

describe('signing', () => {
  test.each([null, 0, true, [], [signedAt], 5n, new Date(8.64e15), new Date(-1)])(
    'dates nothing by what is no date: %s',
    (date) => {
      const options = { date: date as Date };
      expect(() => sign(sinchApplication, sinchCredential, old, options)).toThrow('is not a date');
      const nonce = message({ url: 'https://h/', headers: { 'x-sinch-webhook-signature-nonce': 'n' } });
      expect(() => sign(sinchWebhook, sinchCredential, nonce, options)).toThrow('is not a date');
    },
  );

  test('names an option of another type', () => {
    for (const value of [null, 'x-a', [''], [undefined], Array(1), {}]) {
      expect(() => sign(acsHmac, acsCredential, old, { furtherHeaders: value as never })).toThrow(
        'furtherHeaders must',
      );
    }
    for (const value of [null, '', 0, {}]) {
      expect(() => sign(acsHmac, acsCredential, old, { dateHeader: value as never })).toThrow(/^dateHeader /);
    }
  });
});

describe('signedFetch', () => {
  const redirects = async (redirect: RequestRedirect | undefined): Promise<unknown> => {
    let sent: unknown;
    const send = async (_: unknown, init?: RequestInit): Promise<Response> => {
      sent = init?.redirect;
      return new Response();
    };
    const init = { redirect } as RequestInit & { body?: never };
    await signedFetch(sinchApplication, sinchCredential, { fetch: send })('https://example.com/', init);
    return sent;
  };

  test('follows no redirect where one is set to undefined or null, either', async () => {
    expect(await redirects(undefined)).toBe('manual');
    expect(await redirects(null as never)).toBe('manual');
    expect(await redirects('error')).toBe('error');
  });
});

describe('a connection string', () => {
  test.each([undefined, null, 0, {}, [], ' '])('that was never set is refused by its code: %s', (text) => {
    const refusal = expect.objectContaining({ code: 'connection-string/malformed' }) as Error;
    expect(() => parseConnectionString(text as string)).toThrow(refusal);
  });

  test.each(['h evil', 'h\r\nX: y', String.raw`h\x`, ':80', 'h:99999', '[::1'])(
    'whose host no client can call is refused: %j',
    (host) => {
      expect(() => parseConnectionString(`endpoint=https://${host}/;accesskey=c2VjcmV0`)).toThrow('has no host that');
    },
  );
});
