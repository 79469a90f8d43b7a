/**
 * Why: the playground comes with the styles of the console, which is a page of its own and styles `body` and `button`. On
 * this site they hold inside the playground and nowhere else.
 */

const place = '.console-part';

/** A plugin of PostCSS. */
export function consoleStyles() {
  return {
    postcssPlugin: 'console-styles',
    Once(root) {
      if (!root.source?.input.file?.includes('/packages/console/src/')) return;
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
