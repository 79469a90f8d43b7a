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

export const parsers = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['diagnosis', 'runners'].includes(entry.name))
  .map(({ name: id }) => ({
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
