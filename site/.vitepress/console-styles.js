/**
 * Why: the playground comes with the styles of the console, which is a page of its own and styles `body` and `button`. On
 * this site they hold inside the playground and nowhere else, and they are loaded with it, not with every page.
 */
import { dirname, join } from 'node:path';

const place = '.console-part';
const isConsole = (path) => path?.includes('/packages/console/src/') ?? false;

/** A plugin of PostCSS: each rule of the console's is one of the place where the playground is. */
export function consoleRules() {
  return {
    postcssPlugin: 'console-rules',
    Once(root) {
      if (!isConsole(root.source?.input.file)) return;
      root.walkRules((rule) => {
        if (rule.parent.name?.endsWith('keyframes')) return;
        rule.selectors = rule.selectors.map(within);
      });
    },
  };
}

/** A selector of the console's page as one of its part of this page. */
function within(selector) {
  const whole = selector.replace(/^(?::root|html|body|main)(?=$|[\s.:[>])/, '');
  return whole === selector ? `${place} ${selector}` : `${place}${whole}`;
}

/** A plugin of Vite: a style sheet of the console's is put into the page by the module that imports it. */
export function consoleStyles() {
  const mark = '\0console-style:';
  return {
    name: 'console-styles',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith('.css') || !isConsole(importer)) return undefined;
      return `${mark}${join(dirname(importer), source)}.js`;
    },
    load(id) {
      if (!id.startsWith(mark)) return undefined;
      const file = id.slice(mark.length, -'.js'.length);
      return `import text from ${JSON.stringify(`${file}?inline`)};
const style = document.createElement('style');
style.textContent = text;
document.head.append(style);`;
    },
  };
}
