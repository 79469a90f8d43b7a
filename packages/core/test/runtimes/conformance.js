// One suite for every runtime: no test framework, nothing of Node, no file access. The vectors come from outside.
import { contentHasher } from '@countersign/core/content-hasher';
import { diagnose } from '@countersign/core/diagnose';
import { PrivateKey } from '@countersign/core/private-key';
import { PublicKey } from '@countersign/core/public-key';
import { hasPublicKeys } from '@countersign/core/public-key-scheme';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import '@countersign/core/sha512';
import { sign } from '@countersign/core/sign';
import { signAsync } from '@countersign/core/sign-async';
import { signedMessage } from '@countersign/core/signed-message';
import { verify } from '@countersign/core/verify';
import { verifyAsync } from '@countersign/core/verify-async';

/**
 * Checks signing, verifying and diagnosing against the language-neutral vectors; vectors/README.md has their format.
 *
 * @param {readonly { scheme: string, kind: 'sign' | 'received' | 'diagnosis', vectors: any[] }[]} files
 * @returns {Promise<{ checks: number, failures: string[] }>} how much was checked, and what came out otherwise, in sentences
 */
export async function conformance(files) {
  const failures = [];
  let checks = 0;
  for (const { scheme: id, kind, vectors } of files) {
    const own = everyScheme.find((candidate) => candidate.id === id);
    for (const vector of vectors) {
      const scheme = schemeOf(vector, own);
      const expectEqual = (what, actual, expected) => {
        checks++;
        const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
        if (got !== wanted) failures.push(`${id} ${vector.id} (${vector.title}): ${what} is ${got}, not ${wanted}`);
      };
      try {
        const check = (hasPublicKeys(scheme) ? publicKeyCheckers : checkers)[kind];
        // One after the other: what fails is told in the order of the files.
        // oxlint-disable-next-line no-await-in-loop
        await check(scheme, vector, expectEqual);
      } catch (error) {
        failures.push(`${id} ${vector.id} (${vector.title}): ${error.stack ?? error}`);
      }
    }
  }
  return { checks, failures };
}

const checkers = {
  sign(scheme, vector, expectEqual) {
    const { date, dateHeader, fields, options: signatureInput, stages, adds, parameters = [] } = vector;
    const message = messageOf(vector);
    const options = {
      ...(date !== undefined && { date }),
      ...(dateHeader !== undefined && { dateHeader }),
      ...(fields !== undefined && { fields }),
      ...(signatureInput !== undefined && { signatureInput }),
    };
    const signed = sign(scheme, credentialOf(vector, scheme), message, options);
    expectEqual('the string to sign', text(signed.trace().stringToSign), stages.stringToSign);
    expectEqual('the signature', signed.signature, stages.signature);
    expectEqual('what is added', signed.headers, adds);
    expectEqual('the parameters that are added', signed.parameters, parameters);
    if (scheme.contentHash) {
      const hasher = contentHasher(scheme.contentHash.algorithm);
      for (let at = 0; at < message.body.length; at += 7) hasher.update(message.body.subarray(at, at + 7));
      const streamed = { ...message, body: hasher.digest() };
      expectEqual(
        'what is added to a stream',
        sign(scheme, credentialOf(vector, scheme), streamed, options).headers,
        adds,
      );
    }
    const complete = signedMessage(message, signed);
    const outcome = verify(scheme, credentialOf(vector, scheme), complete, clock(date));
    expectEqual('the judgement of what was signed', outcome.ok ? 'accepted' : outcome.code, 'accepted');
  },

  received(scheme, vector, expectEqual) {
    const { now, outcome } = vector;
    const judge = (options) => verify(scheme, credentialOf(vector, scheme), messageOf(vector), options);
    const strict = judge(clock(now));
    expectEqual('the strict judgement', strict.ok ? 'accepted' : strict.code, outcome.strict);
    const tolerant = judge({ ...clock(now), tolerate: 'all' });
    const wanted = outcome.deviation ?? (outcome.strict === 'accepted' ? undefined : outcome.strict);
    expectEqual('the tolerant judgement', tolerant.ok ? tolerant.deviation?.id : tolerant.code, wanted);
  },

  diagnosis(scheme, vector, expectEqual) {
    const { key, now, verdict, mistakes, notes = [], variables } = vector;
    const credential = { secret: key.secret, ...(key.id !== undefined && { keyId: key.id }) };
    const found = diagnose(scheme, credential, messageOf(vector), {
      ...clock(now),
      callerHoldsKey: true,
      ...(variables && { variables }),
      budget: { ms: 30_000 },
    });
    expectEqual('the verdict', found.verdict, verdict);
    expectEqual(
      'what was done wrong',
      found.mistakes.map((mistake) => mistake.id),
      mistakes,
    );
    const told = found.notes.map(({ id }) => id);
    expectEqual(
      'what is told besides',
      notes.filter((id) => told.includes(id)),
      notes,
    );
  },
};

/** The path as it was sent. */
function unnormalized(part) {
  return part.source.from === 'canonical-path' ? { ...part, source: { ...part.source, unnormalized: true } } : part;
}
const publicKeyCheckers = {
  async sign(scheme, vector, expectEqual) {
    const { date, stages, adds, key, options: signatureInput, isDeterministic = true } = vector;
    const message = messageOf(vector);
    const credential = { publicKey: new PublicKey(key.public), ...(key.id && { keyId: key.id }) };
    const judge = async (complete) => {
      const outcome = await verifyAsync(scheme, credential, complete, clock(date));
      return outcome.ok ? 'accepted' : outcome.code;
    };
    const given = { ...message, headers: [...message.headers, ...adds] };
    expectEqual('the judgement of what was signed', await judge(given), 'accepted');
    if (key.private === undefined) return;
    const signed = await signAsync(
      scheme,
      { privateKey: new PrivateKey(key.private), ...(key.id && { keyId: key.id }) },
      message,
      { date, ...(signatureInput && { signatureInput }) },
    );
    expectEqual('the string to sign', text(signed.trace().stringToSign), stages.stringToSign);
    if (isDeterministic) expectEqual('what is added', signed.headers, adds);
    expectEqual('the judgement of what is signed', await judge(signedMessage(message, signed)), 'accepted');
  },

  async received(scheme, vector, expectEqual) {
    const { now, outcome, key } = vector;
    const credential = { publicKey: new PublicKey(key.public), ...(key.id && { keyId: key.id }) };
    const strict = await verifyAsync(scheme, credential, messageOf(vector), clock(now));
    expectEqual('the strict judgement', strict.ok ? 'accepted' : strict.code, outcome.strict);
  },
};

/** Where requests say what they sign, the vector says what they must. */
function schemeOf({ options: { required, label, tag, normalize } = {} }, scheme) {
  if (normalize === false) return { ...scheme, parts: scheme.parts.map(unnormalized) };
  if (!scheme?.components) return scheme;
  const asked = { ...(required && { required }), ...(label && { label }), ...(tag && { tag }) };
  return { ...scheme, components: { ...scheme.components, ...asked } };
}

function messageOf({ request }) {
  return { ...request, body: bytesOf(request.body) };
}

function bytesOf(body) {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if ('repeat' in body) return new TextEncoder().encode(body.repeat.repeat(body.count));
  return Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0));
}

function credentialOf({ key }, scheme) {
  return {
    secret: new Secret(key.secret, scheme.key.encoding),
    ...(key.id !== undefined && { keyId: key.id }),
    ...(key.mac !== undefined && { mac: key.mac }),
  };
}

/** The verifier's clock: dates of the schemes are ISO 8601, RFC 1123, or seconds or milliseconds since the epoch; of some there is none. */
function clock(date) {
  if (!date) return {};
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
  if (basic.test(date)) return { now: new Date(date.replace(basic, '$1-$2-$3T$4:$5:$6Z')) };
  return { now: new Date(/^\d+$/.test(date) ? Number(date) * (date.length > 12 ? 1 : 1000) : date) };
}

/** Text, or bytes that are none, as vectors write them. */
function text(bytes) {
  const decoded = new TextDecoder().decode(bytes);
  return decoded.includes('\ufffd') ? { base64: btoa(String.fromCharCode(...bytes)) } : decoded;
}
