import { messageFromIncoming } from '@countersign/core/receive';
import { genesysAudiohook } from '@countersign/core/schemes/genesys-audiohook';
import { rfc9421 } from '@countersign/core/schemes/rfc9421';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { expect, test } from 'vitest';

// A list of components is the sender's to write (RFC 9421 §2); nothing in it makes verifying, or what explains it, throw.
test.each([rfc9421, genesysAudiohook])(
  '$id: a component of which there is none is refused, and has no trace',
  (scheme) => {
    for (const component of ['@@@@@method', '$(@request-target', '', '"', 'a b']) {
      const list = `("@method" "${component}" "@authority" "@path" "@query" "content-digest" "@request-target")`;
      const headers = [
        ['Host', 'api.example.com'],
        ['Signature-Input', `sig1=${list};created=1618884473;keyid="key";alg="hmac-sha256";nonce="n"`],
        ['Signature', `sig1=:${Buffer.alloc(32).toString('base64')}:`],
      ];
      const request = messageFromIncoming(
        { method: 'GET', url: '/a?b=c', rawHeaders: headers.flat() },
        Buffer.alloc(0),
      );
      const found = verify(scheme, { keyId: 'key', secret: new Secret('c2VjcmV0', 'base64') }, request, {
        now: new Date(1_618_884_473_000),
      });
      expect(found.ok).toBe(false);
      expect(found.trace()).toBeUndefined();
    }
  },
);
