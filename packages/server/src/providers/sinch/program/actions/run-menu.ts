import { readOptionAction, startMenu } from '../../calls/menu.ts';
import { parsePrompts } from '../../svaml/prompts.ts';
import { defineAction } from '../../calls/element.ts';
import { runMenuFields, type RunMenu } from '../../svaml/menu-shape.ts';

/**
 * Plays menus and waits for keys, or for words where voice is enabled. What the party chose goes to the application in a PIE.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/svaml/actions/#runmenu
 */
export const runMenu = defineAction({
  name: 'runMenu',
  places: ['ice', 'ace', 'pie'],
  fields: runMenuFields,
  problem: menuProblem,
  run: (turn, action) => startMenu(turn, action),
});

function menuProblem({ menus, mainMenu, enableVoice, locale }: RunMenu): string | undefined {
  const ids = new Set(menus.map(({ id }) => id));
  if (ids.size < menus.length) return 'menus: two menus have the same id';
  if (!ids.has('main')) return 'menus: no menu has the id "main"';
  if (mainMenu !== undefined && !ids.has(mainMenu)) return `mainMenu "${mainMenu}" is the id of none of the menus`;
  if (enableVoice === true && locale === undefined) return 'needs a "locale" when enableVoice is true';
  for (const [index, { mainPrompt = '', repeatPrompt = '', options = [] }] of menus.entries()) {
    for (const [name, prompt] of Object.entries({ mainPrompt, repeatPrompt })) {
      const parsed = parsePrompts(prompt, {});
      if (!parsed.ok) return `menus[${index}].${name}: ${parsed.problem}`;
    }
    for (const [at, option] of options.entries()) {
      const action = readOptionAction(option.action);
      const where = `menus[${index}].options[${at}].action "${option.action}"`;
      if (!action) return `${where} is none of return, return(value), menu, menu(id)`;
      if (action.kind === 'menu' && !ids.has(action.value || (mainMenu ?? 'main'))) return `${where} names no menu`;
    }
  }
  return undefined;
}
