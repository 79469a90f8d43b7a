import type { CollectWish, Prompt } from '../../../engine/call.ts';
import type { CallFact, CollectResult } from '../../../engine/event.ts';
import type { OfType } from '../../kit/event-table.ts';
import { pieFields, type MenuResult } from '../callbacks/pie.ts';
import { voiceOf } from '../svaml/locale.ts';
import { parsePrompts } from '../svaml/prompts.ts';
import type { Menu, RunMenu } from '../svaml/menu-shape.ts';
import type { MenuRun } from '../state/call-state.ts';
import { failWithoutParty } from './ending.ts';
import { reachLegs } from './hearing.ts';
import { spokenDigits } from './spoken-digits.ts';
import type { Turn } from './turn.ts';

/** How long a party that speaks must be silent for its answer to be complete, in milliseconds. Assumed. */
const endSilenceMs = 1_000;

/** What an option of a menu does. */
export interface OptionAction {
  readonly kind: 'menu' | 'return';
  /** What stands in the brackets; empty when there are none. */
  readonly value: string;
}

/** Reads `menu`, `menu(id)`, `return` or `return(value)`. */
export function readOptionAction(text: string): OptionAction | undefined {
  const whole = text.trim();
  const kind = optionKinds.find((known) => whole.slice(0, known.length).toLowerCase() === known);
  if (!kind) return undefined;
  const brackets = whole.slice(kind.length).trim();
  if (brackets === '') return { kind, value: '' };
  if (brackets.length < 2 || !brackets.startsWith('(') || !brackets.endsWith(')')) return undefined;
  return { kind, value: brackets.slice(1, -1).trim() };
}

const optionKinds = ['menu', 'return'] as const;

/** Starts a menu with the party that the program is about. */
export function startMenu(turn: Turn, action: RunMenu): void {
  const [leg] = reachLegs(turn);
  turn.set({ program: undefined });
  if (leg === undefined) {
    failWithoutParty(turn, 'runMenu');
    return;
  }
  askMenu(turn, { action, leg, menuId: action.mainMenu ?? 'main', repeated: 0 });
}

/** Goes on with a menu whose question is over. */
export function followMenu(fact: OfType<CallFact, 'collect-completed' | 'collect-failed'>, turn: Turn): void {
  const run = turn.state.menu;
  if (!run || fact.operation !== run.operation) return;
  if (fact.type === 'collect-completed') {
    takeInput(turn, run, fact.result);
  } else if (fact.reason === 'prompt') {
    const { detail = '' } = fact.failure ?? {};
    turn.refuse('media/failed', `The prompt of the menu "${run.menuId}" could not be played: ${detail}`);
    finishMenu(turn, run, { type: 'error', value: detail });
  } else {
    askAgain(turn, run, fact.reason === 'no-match' ? 'invalidinput' : 'timeout');
  }
}

/** Tells the application that the party hung up in the menu. */
export function leaveMenu(turn: Turn): void {
  const run = turn.state.menu;
  if (!run) return;
  turn.set({ menu: undefined });
  if (turn.state.details.callbacks.pie) turn.tell('pie', pieFields({ menuId: run.menuId, type: 'hangup' }));
}

function askMenu(turn: Turn, run: Omit<MenuRun, 'operation'>): void {
  const operation = turn.newId('menu');
  const menu = menuOf(run);
  const text = run.repeated > 0 ? (menu.repeatPrompt ?? menu.mainPrompt) : menu.mainPrompt;
  turn.set({ menu: { ...run, operation } });
  turn.command(
    {
      type: 'collect',
      operation,
      leg: run.leg,
      prompts: promptsOf(text, run.action.locale),
      wish: wishOf(run.action, menu),
      interrupt: true,
    },
    turn.mediaCall,
  );
}

function menuOf({ action, menuId }: Pick<MenuRun, 'action' | 'menuId'>): Menu {
  const menu = action.menus.find(({ id }) => id === menuId);
  if (!menu) throw new Error(`menu "${menuId}" was checked to exist and does not`);
  return menu;
}

function promptsOf(text: string | undefined, locale: string | undefined): readonly Prompt[] {
  const parsed = parsePrompts(text ?? '', voiceOf(locale));
  return parsed.ok ? parsed.prompts : [];
}

function wishOf({ barge = true, enableVoice = false }: RunMenu, menu: Menu): CollectWish {
  const timeoutMs = menu.timeoutMills ?? 5_000;
  const longest = Math.max(1, ...(menu.options ?? []).map(({ dtmf }) => String(dtmf).length));
  const maxTones = menu.maxDigits ?? longest;
  const usesHash = (menu.options ?? []).some(({ dtmf }) => String(dtmf).includes('#'));
  return {
    initialSilenceMs: timeoutMs,
    bargeIn: barge,
    dtmf: { maxTones, stopTones: maxTones > 1 && !usesHash ? '#' : '', interToneMs: timeoutMs },
    ...(enableVoice && { speech: { endSilenceMs: Math.min(endSilenceMs, menu.maxTimeoutMills ?? 20_000) } }),
  };
}

function takeInput(turn: Turn, run: MenuRun, result: CollectResult): void {
  const spoken = result.kind === 'speech';
  const keys = result.kind === 'tones' ? result.tones : spoken ? spokenDigits(result.text) : '';
  const inputMethod = spoken ? 'voice' : 'dtmf';
  const menu = menuOf(run);
  const option = (menu.options ?? []).find(({ dtmf }) => String(dtmf) === keys);
  const action = option && readOptionAction(option.action);
  if (action?.kind === 'menu') {
    askMenu(turn, { ...run, menuId: action.value || (run.action.mainMenu ?? 'main'), repeated: 0 });
  } else if (action) {
    finishMenu(turn, run, { type: 'return', value: action.value || keys, inputMethod });
  } else if (keys !== '' && (menu.maxDigits !== undefined || menu.options === undefined)) {
    finishMenu(turn, run, { type: 'sequence', value: keys, inputMethod });
  } else {
    askAgain(turn, run, 'invalidinput');
  }
}

function askAgain(turn: Turn, run: MenuRun, type: 'invalidinput' | 'timeout'): void {
  if (run.repeated < (menuOf(run).repeats ?? 0)) askMenu(turn, { ...run, repeated: run.repeated + 1 });
  else finishMenu(turn, run, { type });
}

function finishMenu(turn: Turn, run: MenuRun, result: Omit<MenuResult, 'menuId'>): void {
  turn.set({ menu: undefined });
  turn.ask('pie', pieFields({ menuId: run.menuId, ...result }), [run.leg]);
}
