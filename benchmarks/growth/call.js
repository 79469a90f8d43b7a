const languageErrors = new Set([
  undefined,
  'Error',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
]);

/**
 * Makes a row's input and hands it to its code, as often as wanted.
 *
 * @param {object} row of a table beside this file
 * @param {(module: string) => Promise<object>} load imports a module of the package by its path in `src`
 * @returns {Promise<(n: number) => () => Promise<void>>} by the input's size, one call; an error of our own is an answer. A row
 * that is made of `fewer` items than the others of characters gets a size that is that many times smaller
 */
export async function callOf(row, load) {
  const exports = Object.assign({}, ...(await Promise.all(row.modules.map(load))));
  return (n) => {
    const input = row.make(Math.ceil(n / (row.fewer ?? 1)));
    return async () => {
      try {
        await row.run(exports, input);
      } catch (error) {
        if (languageErrors.has(error?.name)) throw error;
      }
    };
  };
}
