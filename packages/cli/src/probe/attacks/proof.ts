import { randomBytes } from 'node:crypto';
import { namesKey } from '@countersign/core/scheme';
import { Secret } from '@countersign/core/secret';
import { withHeaders, type WholeMessage } from '../../requests/signed-message.ts';
import { rightRequest, type Attack, type AttackContext } from '../attack.ts';
import { publicKeyAsSecret } from './key-confusion.ts';
import { respelled } from './respelled.ts';

/** Requests whose signature is not there, is not one, or is that of another key. */
export const proofAttacks: readonly Attack[] = [
  {
    id: 'signature/none',
    title: 'no signature',
    changes: 'whether there is a signature',
    close: 'Refuse a request without the header that carries the signature, before anything else is looked at.',
    async *attempts(context) {
      const { prover } = context;
      const message = await rightRequest(context);
      const headers = message.headers.filter(([name]) => name.toLowerCase() !== prover.proofHeader);
      yield { what: 'a request without any', message: withoutParameter({ ...message, headers }, prover) };
    },
  },
  {
    id: 'signature/empty',
    title: 'an empty signature',
    changes: 'whether there is a signature',
    close: 'Refuse an empty signature; two empty texts are equal, so never compare with what could not be computed.',
    async *attempts(context) {
      const message = await rightRequest(context);
      const { proofHeader } = context.prover;
      if (proofHeader !== '') yield { what: 'an empty header', message: withHeaders(message, [[proofHeader, '']]) };
      const bare = respelled(context, message, () => '');
      if (bare) yield { what: 'a header without the signature', message: bare };
    },
  },
  {
    id: 'key/empty',
    title: 'signed with an empty key',
    changes: 'the key',
    close: 'Refuse to start without a secret, and never let an unknown key id fall back on an empty one.',
    async *attempts({ prover: { by }, fresh, at }) {
      // Other digests than an HMAC take a key of any length, and differ by it.
      if (by.kind !== 'scheme' || by.scheme.mac.algorithm.includes('-')) return;
      // An HMAC fills its key up with zero bytes: one of them is the empty key, which no Secret may be.
      const secret = new Secret('AA==', 'base64');
      const keyId = by.credential.keyId;
      yield { what: 'the right key id, empty key', message: by.sign(fresh(), { ...by.credential, secret }, at()) };
      if (!namesKey(by.scheme)) return;
      const unknown = { secret, keyId: `${keyId?.slice(0, -1)}x` };
      yield { what: 'an unknown key id, empty key', message: by.sign(fresh(), unknown, at()) };
    },
  },
  {
    id: 'key/wrong',
    title: 'signed with another key',
    changes: 'the key',
    close: 'Compute the signature with your secret, compare it with the one received, and refuse where they differ.',
    async *attempts({ prover: { by }, fresh, at }) {
      if (by.kind === 'key pair') {
        const message = await by.sign(fresh(), await by.other(), at());
        yield { what: 'a signature of a random key', message };
      }
      if (by.kind !== 'scheme') return;
      const secret = new Secret(randomBytes(32).toString('base64'), 'base64');
      yield { what: 'a signature of a random key', message: by.sign(fresh(), { ...by.credential, secret }, at()) };
    },
  },
  publicKeyAsSecret,
  altered('signature/cut', 'the signature, cut', {
    close:
      'Compare signatures of one length only: a prefix of the right one must not do, nor as few bytes as are sent.',
    texts: (signature) => [signature.slice(0, 1), signature.slice(0, Math.ceil(signature.length / 2))],
  }),
  altered('signature/padded', 'the signature, with more behind it', {
    close:
      'Compare the whole text of the signature: what may stand behind it makes a repeat look like another request.',
    texts: (signature) => [`${signature}=`, `${signature.replace(/=+$/, '')}AAAA`, `${signature}0`],
  }),
  altered('signature/lower-case', 'the signature in lower case', {
    close: 'Compare signatures in base64 letter by letter, not regardless of case.',
    texts: (signature) => [signature.toLowerCase()],
  }),
];

function altered(
  id: string,
  title: string,
  { close, texts }: { readonly close: string; readonly texts: (signature: string) => readonly string[] },
): Attack {
  return {
    id,
    title,
    changes: 'how the signature is written',
    close,
    async *attempts(context) {
      const count = texts('signature').length;
      for (let index = 0; index < count; index++) {
        const right = await rightRequest(context);
        const message = respelled(context, right, (signature) => texts(signature)[index] ?? '');
        if (message) yield { what: `variant ${index + 1} of it`, message };
      }
    },
  };
}

function withoutParameter(message: WholeMessage, { proofParameter: name }: AttackContext['prover']): WholeMessage {
  if (name === undefined) return message;
  const without = (text: string): string =>
    text.replace(new RegExp(`([?&]|^)${encodeURIComponent(name)}=[^&]*&?`), '$1').replace(/[?&]$/, '');
  const body = Buffer.from(message.body).toString('utf8');
  return { ...message, target: without(message.target), body: Buffer.from(without(body)) };
}
