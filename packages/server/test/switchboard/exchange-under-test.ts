import type { CallId, Prompt, ReadyMedia } from '../../src/engine/call.ts';
import type { Command } from '../../src/engine/command.ts';
import type { CallEvent } from '../../src/engine/event.ts';
import { MemoryCallStore } from '../../src/engine/memory-store.ts';
import type { CallbackDraft } from '../../src/contract/callback-draft.ts';
import { type DialNumber, PhoneBook, type PhoneBookParts } from '../../src/phones/phone-book.ts';
import type { Provider } from '../../src/contract/provider.ts';
import type { PrepareMedia } from '../../src/switchboard/effects.ts';
import { createSwitchboard, type SwitchboardParts } from '../../src/switchboard/create-switchboard.ts';
import type { SwitchboardProblem } from '../../src/switchboard/problem.ts';
import { createVirtualClock } from '../../src/switchboard/virtual-clock.ts';

/** A provider that reacts to nothing and remembers how many events it has seen. */
export const quietProvider: Provider<number> = {
  name: 'quiet',
  routes: () => {},
  initial: 0,
  evolve: (seen) => seen + 1,
  react: () => ({}),
};

/** 50 ms of audio per character of text, 100 ms per key; a file named `missing` cannot be had. */
export const instantMedia: PrepareMedia = (prompt) => Promise.resolve(audioOf(prompt));

function audioOf(prompt: Prompt): ReadyMedia | { failed: 'download'; detail: string } {
  switch (prompt.kind) {
    case 'text':
      return { media: `text:${prompt.text}`, durationMs: prompt.text.length * 50 };
    case 'ssml':
      return { media: `ssml:${prompt.ssml}`, durationMs: 2000 };
    case 'file':
      return prompt.uri.includes('missing')
        ? { failed: 'download', detail: '404' }
        : { media: `file:${prompt.uri}`, durationMs: 3000 };
    case 'tones':
      return { media: `tones:${prompt.tones}`, durationMs: prompt.tones.length * 100 };
    case 'music':
      return { media: 'music', durationMs: 10_000 };
    case 'ring-tone':
      return { media: `ringing:${prompt.country}`, durationMs: 6_000 };
    case 'beep':
      return { media: 'beep', durationMs: 400 };
  }
}

export interface Setting extends Partial<Omit<SwitchboardParts, 'clock'>> {
  readonly phones?: Partial<PhoneBookParts>;
  readonly dial?: DialNumber;
}

/** A switchboard with phones on a virtual clock, and everything that happened in it. */
export function setUp(setting: Setting = {}) {
  let ids = 0;
  const clock = createVirtualClock({ startAtMs: START_MS });
  const events: CallEvent[] = [];
  const problems: SwitchboardProblem[] = [];
  const callbacks: CallbackDraft[] = [];
  const newId = (): string => `id-${++ids}`;
  const switchboard = createSwitchboard({
    store: new MemoryCallStore(),
    clock,
    newId,
    providers: [quietProvider],
    prepareMedia: instantMedia,
    enqueue: (draft) => callbacks.push(draft),
    onProblem: (problem) => problems.push(problem),
    ...setting,
  });
  switchboard.onEvent((event) => events.push(event));
  const phones = new PhoneBook({
    switchboard,
    clock,
    dial: setting.dial ?? (() => ({ ok: false, refused: 'number-not-found', summary: 'nobody owns numbers here' })),
    ...setting.phones,
  });
  const give = (command: Command, call: CallId = 'call') => {
    const result = switchboard.dispatch(call, command);
    if (!result.ok) throw new Error(`${command.type} was refused: ${result.summary}`);
    return result;
  };
  return { clock, switchboard, phones, events, problems, callbacks, give };
}

export const START_MS = Date.UTC(2026, 0, 1);

/** Opens a call to phones, one leg each: `a`, `b`, … in the order of the numbers. */
export function callTo(...numbers: readonly string[]): Command {
  return {
    type: 'open-call',
    provider: 'quiet',
    account: 'account',
    details: {},
    legs: numbers.map((number, index) => ({
      leg: 'abcdefgh'.charAt(index),
      party: { kind: 'phone', number },
      direction: 'outbound',
      ringTimeoutMs: 30_000,
    })),
  };
}

/** What happened and when, in a line each, without the traffic of timers and media. */
export function storyOf(events: readonly CallEvent[]): string[] {
  const traffic = new Set([
    'timer-set',
    'timer-cleared',
    'timer-fired',
    'media-wanted',
    'media-prepared',
    'speech-wanted',
  ]);
  return events
    .filter(({ type }) => !traffic.has(type))
    .map((event) => [`${(event.atMs - START_MS) / 1000} s`, event.type, ...detailsOf(event)].join(' '));
}

function detailsOf(event: CallEvent): string[] {
  const interesting = ['leg', 'operation', 'cause', 'why', 'reason', 'tones', 'tone', 'text'] as const;
  return interesting.flatMap((key) => {
    const value = (event as unknown as Record<string, unknown>)[key];
    return typeof value === 'string' ? [value] : [];
  });
}
