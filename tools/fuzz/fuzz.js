import * as fc from 'fast-check';

/**
 * Runs one parser on many inputs.
 *
 * @param {object} parser a row of a table beside this file
 * @param {(module: string) => Promise<object>} load imports a module of the parser's package by its path in `src`
 * @param {{ runs: number, seed: number }} amount
 * @returns {Promise<{ runs: number, failure?: string }>} the failure names the seed, the input and the error
 */
export async function fuzz(parser, load, { runs, seed }) {
  const modules = await Promise.all((parser.modules ?? [parser.module]).map(load));
  const exports = Object.assign({}, ...modules);
  const numRuns = Math.max(1, Math.round(runs * (parser.share ?? 1)));
  const check = async (input) => {
    try {
      await parser.run(exports, input);
    } catch (error) {
      if (parser.throws !== 'own' || !isOwn(error)) throw error;
    }
  };
  const found = await fc.check(fc.asyncProperty(parser.input, check), { numRuns, seed });
  if (!found.failed) return { runs: numRuns };
  const [input] = found.counterexample ?? [];
  const error = found.errorInstance;
  return { runs: numRuns, failure: `seed ${seed}, input ${fc.stringify(input)}\n${error?.stack ?? String(error)}` };
}

/** An error that says what is wrong with the input, by its code. */
function isOwn(error) {
  return ['CountersignError', 'CommandFailure'].includes(error?.name) && typeof error.code === 'string';
}
