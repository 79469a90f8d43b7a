/** Why: a mistake is understood by a request that has it. The vectors of the diagnosis are such requests, each signed by hand. */
import { diagnose } from '@countersign/core/diagnose';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { vectorsOf } from './vector-files.js';

/**
 * A refused request, and what diagnosis finds in it.
 *
 * @typedef {object} Example
 * @property {object} vector
 * @property {import('@countersign/core/scheme').Scheme} scheme
 * @property {import('@countersign/core/diagnose').Mistake | undefined} mistake what was found; for a note nothing
 * @property {string} said the mistake or the note in a sentence
 * @property {string | undefined} stringToSign as it should have been signed, where the request allows to build it
 */

/**
 * For each mistake and note that some vector shows alone the first such vector.
 *
 * @returns {Map<string, Example>} by id
 */
export function mistakeExamples() {
  const examples = new Map();
  for (const vector of vectorsOf('diagnosis', 'diagnosis')) {
    const ids = vector.notes ?? vector.mistakes;
    if (ids.length !== 1 || examples.has(ids[0])) continue;
    const [id] = ids;
    const scheme = schemes.find((one) => one.id === vector.scheme);
    const message = { ...vector.request, body: new TextEncoder().encode(vector.request.body) };
    const now = new Date(vector.now);
    const { secret, id: keyId, mac } = vector.key;
    const named = { ...(keyId !== undefined && { keyId }), ...(mac !== undefined && { mac }) };
    const diagnosis = diagnose(scheme, { secret, ...named }, message, {
      now,
      exactBody: true,
      callerHoldsKey: true,
      otherSchemes: schemes,
      ...(vector.variables && { variables: vector.variables }),
    });
    const mistake = diagnosis.mistakes.find((one) => one.id === id);
    const said = diagnosis.notes.find((one) => one.id === id) ?? mistake;
    if (said === undefined)
      throw new Error(`vectors/diagnosis/${vector.scheme}.json: ${vector.id} is not found to be ${id}`);
    const stringToSign = rightString(scheme, { secret, ...named }, message, now);
    examples.set(id, { vector, scheme, mistake, said: said.summary, stringToSign });
  }
  return examples;
}

function rightString(scheme, { secret, ...named }, message, now) {
  try {
    const credential = { secret: new Secret(secret, scheme.key.encoding), ...named };
    return new TextDecoder().decode(verify(scheme, credential, message, { now }).trace().stringToSign);
  } catch {
    return undefined;
  }
}
