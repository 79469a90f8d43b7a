/** Why: recipes and the site's pages of schemes say alike what is signed. */

/**
 * The parts of the string to sign, in order, as a table of a page.
 *
 * @param {object} core what of `@countersign/core` puts a part into words: `describeSource`
 */
export function partsTable(core, scheme) {
  const ends = { '\n': 'line feed', ';': '`;`', '': 'nothing', '.': '`.`', ':': '`:`' };
  const rows = scheme.parts.map(
    ({ name, source, before = '', after }) =>
      `| ${name} | ${before === '' ? '' : `\`${before}\`, then `}${core.describeSource(source, scheme).replaceAll('|', '\\|')} | ${(ends[after] ?? `\`${after}\``).replaceAll('|', '\\|')} |`,
  );
  return ['| part | what it is | behind it |', '| --- | --- | --- |', ...rows].join('\n');
}
