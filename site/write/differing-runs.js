/** Why: two strings that differ in one character look alike, so the run in which they differ is marked. */

import { escaped } from './markdown.js';

/**
 * What was signed above what the service signs, as HTML in which the differing run of each is marked.
 *
 * @param {string} yours
 * @param {string} expected
 */
export function differingRuns(yours, expected) {
  const [one, other] = [[...yours], [...expected]];
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const row = (label, text) => {
    const marked = text.slice(start, text.length - end).join('');
    const run = marked === '' ? '' : `<mark>${escaped(marked)}</mark>`;
    const shown = `${escaped(text.slice(0, start).join(''))}${run}${escaped(text.slice(text.length - end).join(''))}`;
    return `<dt>${label}</dt><dd><code v-pre>${shown}</code></dd>`;
  };
  return `<dl class="differing">${row('What was signed', one)}${row('What the service signs', other)}</dl>\n`;
}
