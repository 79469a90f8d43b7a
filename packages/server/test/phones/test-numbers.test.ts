import { expect, test } from 'vitest';
import type { Command } from '../../src/engine/command.ts';
import type { CallEvent } from '../../src/engine/event.ts';
import { TEST_NUMBERS } from '../../src/phones/test-numbers.ts';
import { callTo, setUp } from '../switchboard/exchange-under-test.ts';

/** What a caller finds who plays a prompt of one second, half a second after the answer, and again 10 s later. */
async function callAndPrompt(number: string): Promise<string[]> {
  const { give, clock, events, switchboard } = setUp();
  const play = (operation: string): Command => ({
    type: 'play',
    operation,
    prompts: [{ kind: 'text', text: '20 chars make 1 sec.' }],
    to: 'all',
    repeat: 1,
    interrupt: false,
  });
  switchboard.onEvent((event) => {
    if (event.type !== 'leg-answered') return;
    clock.after(500, () => switchboard.dispatch('call', play('first')));
    clock.after(10_500, () => switchboard.dispatch('call', play('second')));
  });
  give(callTo(number));
  await clock.advance(120_000);
  return events.flatMap(describeEvent);
}

function describeEvent(event: CallEvent): string[] {
  const at = `${(event.atMs - Date.UTC(2026, 0, 1)) / 1000} s:`;
  switch (event.type) {
    case 'leg-answered':
      return [`${at} answers`];
    case 'leg-ended':
      return [`${at} ${event.cause}`];
    case 'tones-pressed':
      return [`${at} presses ${event.tones}`];
    case 'leg-said':
      return [`${at} says ${event.text.slice(0, 12)}`];
    default:
      return [];
  }
}

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  '+12065550101': ['0.5 s: busy'],
  '+12065550102': ['30 s: no-answer'],
  '+12065550103': ['2 s: declined'],
  '+12065550104': ['0.5 s: unreachable'],
  '+12065550105': ['0.5 s: failed'],
  '+12065550110': ['0 s: answers'],
  '+12065550111': ['15 s: answers'],
  '+12065550112': ['1 s: answers', '2 s: hung-up'],
  '+12065550113': ['1 s: answers', '6 s: hung-up'],
  '+12065550114': ['1 s: answers', '3 s: hung-up'],
  '+12065550115': ['30 s: no-answer'],
  // The greeting has 190 characters, at 50 ms each.
  '+12065550120': ['4 s: answers', '4 s: says Hello, you h', '13.5 s: says beep', '43.9 s: hung-up'],
  '+12065550121': ['4 s: answers', '4 s: says The mailbox ', '6.65 s: hung-up'],
  '+12065550122': ['1 s: answers', '1.3 s: says Hello?'],
  '+12065550130': ['1 s: answers', '3 s: presses 1'],
  '+12065550131': ['1 s: answers', '3 s: presses 2'],
  '+12065550132': [
    '1 s: answers',
    '3 s: presses 1',
    '3.2 s: presses 2',
    '3.4 s: presses 3',
    '3.6 s: presses 4',
    '3.8 s: presses #',
  ],
  '+12065550133': ['1 s: answers', '3 s: presses 9', '13 s: presses 1'],
  '+12065550134': ['1 s: answers', '13 s: presses 1'],
  '+12065550135': ['1 s: answers', '3 s: presses 1'],
  '+12065550136': ['1 s: answers', '3 s: presses 1', '3.2 s: presses 2'],
  '+12065550140': ['1 s: answers', '3 s: says Yes.'],
  '+12065550141': ['1 s: answers', '3 s: says No.'],
  '+12065550142': ['1 s: answers', '3 s: says I would rath'],
};

test.each(TEST_NUMBERS.map(({ number, title }) => [number, title] as const))(
  'the test number %s: %s',
  async (number) => {
    expect(await callAndPrompt(number)).toEqual(EXPECTED[number]);
  },
);
