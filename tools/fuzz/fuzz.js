import * as fc from 'fast-check';

/**
 * Runs one parser on many inputs.
 *
 * @param {object} parser a row of a table beside this file: `{ name, modules, input, run(exports, input), throws, share? }`.
 * `modules` are paths in the package's `src`; `throws` are the errors that are the parser's own, by name, or by a pattern
 * of `name: message` where the class is one of the language's; `share` is the part of the runs that one gets which takes
 * more than 50 µs an input, here and in `npm test`
 * @param {(module: string) => Promise<object>} load imports a module of the parser's package
 * @param {{ runs: number, seed: number }} amount
 * @returns {Promise<{ runs: number, failure?: string }>} the failure names the seed, the input and the error
 */
export async function fuzz(parser, load, { runs, seed }) {
  const exports = Object.assign({}, ...(await Promise.all(parser.modules.map(load))));
  const numRuns = Math.max(1, Math.round(runs * (parser.share ?? 1)));
  const check = async (input) => {
    try {
      await parser.run(exports, input);
    } catch (error) {
      if (!(parser.throws ?? []).some((own) => isOwn(error, own))) throw error;
    }
  };
  const found = await fc.check(fc.asyncProperty(parser.input, check), { numRuns, seed });
  if (!found.failed) return { runs: numRuns };
  const [input] = found.counterexample ?? [];
  const error = found.errorInstance;
  return { runs: numRuns, failure: `seed ${seed}, input ${shown(input)}\n${error?.stack ?? String(error)}` };
}

/** An error that says what is wrong with the input. Those that are told by a code have one. */
function isOwn(error, own) {
  if (own instanceof RegExp) return own.test(`${error?.name}: ${error?.message}`);
  return (
    error?.name === own && (!['CountersignError', 'CommandFailure'].includes(own) || typeof error.code === 'string')
  );
}

/** An input that is nested 20,000 deep is not shown whole. */
function shown(input) {
  const text = fc.stringify(input);
  return text.length <= 4000 ? text : `${text.slice(0, 2000)} … (${text.length} characters) … ${text.slice(-1000)}`;
}
