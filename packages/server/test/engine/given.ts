import type { Call, CollectWish, LegId, Prompt } from '../../src/engine/call.ts';
import type { Command, CommandRefusal } from '../../src/engine/command.ts';
import { decide } from '../../src/engine/decide.ts';
import type { CallEvent, CallFact } from '../../src/engine/event.ts';
import { evolve } from '../../src/engine/evolve.ts';

/**
 * Given a history, when a command is given, then these facts follow. A history is a list of facts; a number in it is
 * the time, in milliseconds, from then on.
 */
export function given(...history: readonly (CallFact | number)[]) {
  let atMs = 0;
  let call: Call | undefined;
  const add = (fact: CallFact): void => {
    call = evolve(call, { ...fact, call: 'call', seq: (call?.version ?? 0) + 1, atMs } as CallEvent);
  };
  for (const step of history) {
    if (typeof step === 'number') atMs = step;
    else add(step);
  }
  const decideNow = (command: Command) => decide(call, [command], { id: 'call', atMs, newId: () => 'new-id' });
  const story = {
    /** The call as it is. */
    get call(): Call {
      if (call === undefined) throw new Error('this history opens no call');
      return call;
    },
    /** Lets time pass. */
    at(ms: number) {
      atMs = ms;
      return story;
    },
    /** What follows from a command. */
    when(command: Command): readonly CallFact[] {
      const decided = decideNow(command);
      if ('refused' in decided) throw new Error(`${command.type} was refused: ${decided.summary}`);
      return decided.map(({ event: { call: _call, seq: _seq, atMs: _atMs, ...fact } }) => fact);
    },
    /** Why a command is refused. */
    refusalOf(command: Command): CommandRefusal | undefined {
      const decided = decideNow(command);
      return 'refused' in decided ? decided : undefined;
    },
    /** Gives a command, goes on with what follows from it. */
    and(command: Command) {
      story.when(command).forEach(add);
      return story;
    },
  };
  return story;
}

/** The types of the facts that follow. */
export function typesOf(facts: readonly CallFact[]): string[] {
  return facts.map(({ type }) => type);
}

export const opened: CallFact = { type: 'call-opened', provider: 'test', account: 'account', details: {} };

export function invited(leg: LegId, direction: 'outbound' | 'inbound' = 'outbound'): CallFact {
  return { type: 'leg-invited', leg, party: { kind: 'phone', number: `+1206555019${leg.length}` }, direction };
}

export function answered(leg: LegId): CallFact {
  return { type: 'leg-answered', leg };
}

/** A call whose legs have all been answered at 0 ms. */
export function connected(...legs: readonly LegId[]): CallFact[] {
  return [opened, ...legs.map((leg) => invited(leg)), ...legs.map(answered)];
}

export const hello: Prompt = { kind: 'text', text: 'hello' };

export function play(operation: string, more: Partial<Extract<Command, { type: 'play' }>> = {}): Command {
  return { type: 'play', operation, prompts: [hello], to: 'all', repeat: 1, interrupt: false, ...more };
}

export function ready(operation: string, durationMs = 1000, index = 0): Command {
  return { type: 'media-ready', operation, index, media: { media: `${operation}-${index}`, durationMs } };
}

export function fired(timer: string): Command {
  return { type: 'timer-fired', timer };
}

export function collect(
  operation: string,
  wish: Partial<CollectWish> = {},
  more: Partial<Extract<Command, { type: 'collect' }>> = {},
): Command {
  return {
    type: 'collect',
    operation,
    leg: 'a',
    prompts: [],
    wish: { initialSilenceMs: 5000, bargeIn: true, ...wish },
    interrupt: false,
    ...more,
  };
}

export function press(tones: string, leg: LegId = 'a'): Command {
  return { type: 'press', leg, tones };
}

export function said(text: string, durationMs = 800, leg: LegId = 'a'): Command {
  return { type: 'speech-ready', leg, text, media: { media: `speech-${text}`, durationMs } };
}
