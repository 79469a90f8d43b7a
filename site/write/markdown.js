/** Why: what is put into a page is text, and neither markdown nor a template of Vue. */

/** A block of code, whatever stands in it. */
export function fenced(language, code, title) {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}${title === undefined ? '' : ` [${title}]`}\n${code}\n${fence}`;
}

/** Inline code, whatever stands in it. */
export function inCode(text) {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text}${fence}`;
}

/** A sentence, in which nothing is markup. */
export function plain(text) {
  return text
    .replace(/[\\`*_[\]<>#|]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('{{', '&#123;&#123;')
    .replaceAll('\n', ' ');
}

/** A text in a line of HTML. */
export function escaped(text) {
  return text.replace(/[&<>\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Front matter of a page. */
export function frontMatter(values) {
  const lines = Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n`;
}

/** Changes a text but for its blocks of code. */
export function outsideCode(text, change) {
  return text
    .split(/(^```.*?^```$)/ms)
    .map((piece, at) => (at % 2 === 0 ? change(piece) : piece))
    .join('');
}
