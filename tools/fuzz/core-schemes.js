import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { mutated } from './mutations.js';

/**
 * One target a scheme: rightly signed requests of its vectors, changed in a header's value, the target or the body. None
 * makes `readClaims`, `verify` or `sign` throw what is not an error of our own, and none is accepted whose covered parts changed.
 */

const folder = new URL('../../vectors/', import.meta.url);

function signVectors(id) {
  return readdirSync(new URL(`${id}/`, folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(new URL(`${id}/${file}`, folder), 'utf8')))
    .filter(({ kind }) => kind === 'sign')
    .flatMap(({ vectors }) => vectors)
    .filter(({ request }) => typeof request.body === 'string' && request.body.length < 2000);
}

/** A request of the vectors with up to two of its texts changed. */
function nearlyRight(vectors) {
  return fc.constantFrom(...vectors).chain((vector) => {
    const { request, signed = {}, adds } = vector;
    const { method, origin, target, headers, body } = { ...request, ...signed };
    const lines = [...headers, ...adds];
    const texts = [target, body, ...lines.map(([, value]) => value)];
    const oneChanged = fc
      .nat({ max: texts.length - 1 })
      .chain((at) => mutated(fc.constant(texts[at])).map((text) => texts.with(at, text)));
    const repeated = fc.nat({ max: lines.length - 1 });
    return fc.tuple(oneChanged, fc.option(repeated)).map(([[newTarget, newBody, ...values], again]) => ({
      vector,
      message: {
        ...(origin !== undefined && { origin }),
        method,
        target: newTarget,
        headers: lines
          .map(([name], at) => [name, values[at]])
          .concat(again === null ? [] : [[lines[again][0], values[again]]]),
        body: new TextEncoder().encode(newBody),
      },
    }));
  });
}

const ids = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['diagnosis', 'runners'].includes(entry.name))
  .map(({ name }) => name);

/** Whether a private key signs: then the vectors have public keys. */
const hasPublicKeys = (id) => signVectors(id).some(({ key }) => key.public !== undefined);

const ofSecrets = ids
  .filter((id) => !hasPublicKeys(id))
  .map((id) => ({
    name: `requests of ${id}, verified`,
    modules: ['schemes/catalog', 'claims', 'verify', 'sign', 'secret'],
    input: nearlyRight(signVectors(id)),
    run({ schemes, readClaims, verify, sign, Secret }, { vector: { key, fields }, message }) {
      const scheme = schemes.find((candidate) => candidate.id === id);
      const secret = new Secret(key.secret, scheme.key.encoding);
      const credential = { secret, ...(key.id && { keyId: key.id }), ...(key.mac && { mac: key.mac }) };
      readClaims(scheme, message);
      const options = { toleranceSeconds: Infinity };
      const result = verify(
        scheme,
        [credential, { ...credential, secret: new Secret('b3RoZXI=', scheme.key.encoding) }],
        message,
        options,
      );
      if (!result.ok && !/^[a-z-]+\/[a-z-]+$/.test(result.code)) throw new Error(`no code: ${result.code}`);
      result.trace();
      if (result.ok) result.toJSON();
      sign(scheme, credential, message, { ...(fields && { fields }) });
    },
    throws: ['CountersignError'],
    share: 0.3,
  }));

const ofPublicKeys = ids.filter(hasPublicKeys).map((id) => ({
  name: `requests of ${id}, verified with a public key`,
  modules: ['schemes/catalog', 'claims', 'verify-async', 'keys/public-key'],
  input: nearlyRight(signVectors(id)),
  async run({ publicKeySchemes, readClaims, verifyAsync, PublicKey }, { vector, message }) {
    const scheme = publicKeySchemes.find((candidate) => candidate.id === id);
    readClaims(scheme, message);
    const credential = { publicKey: new PublicKey(vector.key.public) };
    const result = await verifyAsync(scheme, credential, message, { toleranceSeconds: Infinity });
    if (!result.ok && !/^[a-z-]+\/[a-z-]+$/.test(result.code)) throw new Error(`no code: ${result.code}`);
    result.trace();
    if (!result.ok) return;
    result.toJSON();
    // What is signed is the time and the body: another body is no longer the same request.
    const isSame = Buffer.from(message.body).equals(Buffer.from(vector.request.body));
    const isMoved = scheme.ambiguous !== undefined;
    if (!isSame && !isMoved) throw new Error('a changed body was accepted');
  },
  throws: ['CountersignError'],
  share: 0.1,
}));

/** Keys as texts, with characters and bytes changed: each is read as a key, or refused by a code and not shown. */
const keyTexts = [
  ...new Set(ids.flatMap((id) => signVectors(id).flatMap(({ key }) => [key.public, key.private]))),
].filter((text) => text !== undefined);
const bare = (text) => Buffer.from(text.replace(/-----[^-]*-----|\s|^wh[ps]k_/g, ''), 'base64');
const ofKeys = [
  {
    name: 'texts of public and private keys',
    modules: ['keys/public-key', 'keys/private-key'],
    input: fc.constantFrom(...keyTexts).chain((text) => mutated(fc.constant(text))),
    run: readBoth,
    throws: ['CountersignError'],
    share: 0.05,
  },
  {
    name: 'keys in DER',
    modules: ['keys/public-key', 'keys/private-key'],
    input: fc
      .tuple(fc.constantFrom(...keyTexts), fc.nat({ max: 200 }), fc.nat({ max: 255 }), fc.nat({ max: 3 }))
      .map(([text, at, byte, cut]) => {
        const bytes = bare(text);
        bytes[at % bytes.length] = byte;
        return new Uint8Array(bytes.subarray(0, bytes.length - cut));
      }),
    run: readBoth,
    throws: ['CountersignError'],
    share: 0.05,
  },
];

function readBoth({ PublicKey, PrivateKey }, given) {
  for (const Key of [PublicKey, PrivateKey]) {
    try {
      new Key(given).toString();
    } catch (error) {
      if (error.name !== 'CountersignError') throw error;
      const text = typeof given === 'string' ? given.replace(/\s/g, '') : Buffer.from(given).toString('base64');
      if (text.length > 20 && error.message.includes(text.slice(8, 20)))
        throw new Error('the key is shown', { cause: error });
    }
  }
}

export const parsers = [...ofSecrets, ...ofPublicKeys, ...ofKeys];
