import type { Command } from '../../src/engine/command.ts';
import type { CallEvent } from '../../src/engine/event.ts';
import type { Provider } from '../../src/contract/provider.ts';

/** What the menu remembers of a call: how often it has asked, and whether it has said goodbye. */
interface MenuState {
  readonly asked: number;
}

/**
 * A small provider with a menu: it asks up to three times for 1 (yes) or 2 (no), by key or word, says goodbye and ends
 * the call.
 */
export const menuProvider: Provider<MenuState> = {
  name: 'quiet',
  routes: () => {},
  initial: { asked: 0 },
  evolve: (state, event) => (event.type === 'collect-started' ? { asked: state.asked + 1 } : state),
  react: (event, { asked }) => ({ commands: reactTo(event, asked).map((command) => ({ call: event.call, command })) }),
};

function reactTo(event: CallEvent, asked: number): Command[] {
  switch (event.type) {
    case 'leg-answered':
      return [ask(event.leg, 1)];
    case 'collect-failed':
      return asked < 3 ? [ask('a', asked + 1)] : [goodbye('No answer')];
    case 'collect-completed':
      return event.result.kind === 'choice' ? [goodbye(`You chose ${event.result.label}`)] : [];
    case 'play-completed':
      return event.operation === 'goodbye' ? [{ type: 'end-call', cause: 'dropped' }] : [];
    default:
      return [];
  }
}

function ask(leg: string, time: number): Command {
  return {
    type: 'collect',
    operation: `question-${time}`,
    leg,
    prompts: [{ kind: 'text', text: 'Press 1 for yes, 2 for no.' }],
    wish: {
      initialSilenceMs: 4000,
      bargeIn: true,
      choices: [
        { label: 'yes', tone: '1', phrases: ['yes', 'sure'] },
        { label: 'no', tone: '2', phrases: ['no'] },
      ],
    },
    interrupt: false,
  };
}

function goodbye(text: string): Command {
  return {
    type: 'play',
    operation: 'goodbye',
    prompts: [{ kind: 'text', text }],
    to: 'all',
    repeat: 1,
    interrupt: false,
  };
}
