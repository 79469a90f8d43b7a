import type { PhoneScript } from './script.ts';

/** A number that always behaves the same way, for trying out what an application does about it. */
export interface TestNumber {
  readonly number: string;
  /** A word or two, for lists. */
  readonly title: string;
  /** What it does, in a sentence. */
  readonly description: string;
  readonly script: PhoneScript;
}

/**
 * The test numbers, in the spirit of payment providers' test cards. All lie in the range 555-0100 to 555-0199, which
 * the North American Numbering Plan reserves for fiction; +12065550100 and +12065550150 belong to the development
 * accounts and are none. A script that is set for a number goes before the table.
 */
export const TEST_NUMBERS: readonly TestNumber[] = [
  // Nobody there
  {
    number: '+12065550101',
    title: 'busy',
    description: 'Is busy.',
    script: { pickUp: 'busy' },
  },
  {
    number: '+12065550102',
    title: 'no answer',
    description: 'Rings until the caller gives up.',
    script: { pickUp: 'no-answer' },
  },
  {
    number: '+12065550103',
    title: 'declines',
    description: 'Declines after ringing for 2 seconds.',
    script: { pickUp: 'decline' },
  },
  {
    number: '+12065550104',
    title: 'unreachable',
    description: 'Does not exist.',
    script: { pickUp: 'unreachable' },
  },
  {
    number: '+12065550105',
    title: 'network failure',
    description: 'The network fails before it rings.',
    script: { pickUp: 'fail' },
  },
  // Answering and leaving
  {
    number: '+12065550110',
    title: 'answers at once',
    description: 'Answers without ringing and stays.',
    script: { pickUp: 'answer', afterMs: 0 },
  },
  {
    number: '+12065550111',
    title: 'answers slowly',
    description: 'Answers after ringing for 15 seconds and stays.',
    script: { pickUp: 'answer', afterMs: 15_000 },
  },
  {
    number: '+12065550112',
    title: 'hangs up at once',
    description: 'Answers, and hangs up 1 second later.',
    script: { pickUp: 'answer', steps: [{ do: 'wait', ms: 1000 }, { do: 'hang-up' }] },
  },
  {
    number: '+12065550113',
    title: 'hangs up after 5 seconds',
    description: 'Answers, and hangs up 5 seconds later.',
    script: { pickUp: 'answer', steps: [{ do: 'wait', ms: 5000 }, { do: 'hang-up' }] },
  },
  {
    number: '+12065550114',
    title: 'hangs up after the prompt',
    description: 'Answers, hears one prompt to its end and hangs up.',
    script: { pickUp: 'answer', steps: [{ do: 'await-prompt' }, { do: 'hang-up' }] },
  },
  {
    number: '+12065550115',
    title: 'answered by hand',
    description: 'Rings until it is answered in the console or by the control API.',
    script: { pickUp: 'manual' },
  },
  // Machines
  {
    number: '+12065550120',
    title: 'answering machine',
    description: 'An answering machine: a long greeting, a beep, then silence for 30 seconds.',
    script: {
      pickUp: 'answer',
      afterMs: 4000,
      machine: true,
      steps: [
        {
          do: 'say',
          text: 'Hello, you have reached our answering machine. We are not able to take your call right now. Please leave your name, your number and a short message after the tone, and we will call you back.',
        },
        { do: 'beep' },
        { do: 'wait', ms: 30_000 },
        { do: 'hang-up' },
      ],
    },
  },
  {
    number: '+12065550121',
    title: 'full mailbox',
    description: 'An answering machine that says its mailbox is full, and hangs up.',
    script: {
      pickUp: 'answer',
      afterMs: 4000,
      machine: true,
      steps: [{ do: 'say', text: 'The mailbox is full. Please try again later. Goodbye.' }, { do: 'hang-up' }],
    },
  },
  {
    number: '+12065550122',
    title: 'a person who says hello',
    description: 'Answers with "Hello?" and stays.',
    script: {
      pickUp: 'answer',
      steps: [
        { do: 'wait', ms: 300 },
        { do: 'say', text: 'Hello?' },
      ],
    },
  },
  // Keys
  {
    number: '+12065550130',
    title: 'presses 1',
    description: 'Hears a prompt to its end and presses 1.',
    script: { pickUp: 'answer', steps: [{ do: 'await-prompt' }, { do: 'press', tones: '1' }] },
  },
  {
    number: '+12065550131',
    title: 'presses 2',
    description: 'Hears a prompt to its end and presses 2.',
    script: { pickUp: 'answer', steps: [{ do: 'await-prompt' }, { do: 'press', tones: '2' }] },
  },
  {
    number: '+12065550132',
    title: 'enters 1234#',
    description: 'Hears a prompt to its end and enters 1234#.',
    script: { pickUp: 'answer', steps: [{ do: 'await-prompt' }, { do: 'press', tones: '1234#' }] },
  },
  {
    number: '+12065550133',
    title: 'wrong key, then right key',
    description: 'Presses 9 after the first prompt and 1 after the second.',
    script: {
      pickUp: 'answer',
      steps: [{ do: 'await-prompt' }, { do: 'press', tones: '9' }, { do: 'await-prompt' }, { do: 'press', tones: '1' }],
    },
  },
  {
    number: '+12065550134',
    title: 'too slow, then right key',
    description: 'Lets the first prompt pass in silence and presses 1 after the second.',
    script: {
      pickUp: 'answer',
      steps: [{ do: 'await-prompt' }, { do: 'await-prompt' }, { do: 'press', tones: '1' }],
    },
  },
  {
    number: '+12065550135',
    title: 'presses 1 during the prompt',
    description: 'Presses 1 two seconds after it was answered, whatever it hears.',
    script: {
      pickUp: 'answer',
      steps: [
        { do: 'wait', ms: 2000 },
        { do: 'press', tones: '1' },
      ],
    },
  },
  {
    number: '+12065550136',
    title: 'stops in the middle',
    description: 'Hears a prompt to its end, enters 12 and nothing more.',
    script: { pickUp: 'answer', steps: [{ do: 'await-prompt' }, { do: 'press', tones: '12' }] },
  },
  // Words
  {
    number: '+12065550140',
    title: 'says yes',
    description: 'Hears a prompt to its end and says "Yes."',
    script: { pickUp: 'answer', steps: [{ do: 'await-prompt' }, { do: 'say', text: 'Yes.' }] },
  },
  {
    number: '+12065550141',
    title: 'says no',
    description: 'Hears a prompt to its end and says "No."',
    script: { pickUp: 'answer', steps: [{ do: 'await-prompt' }, { do: 'say', text: 'No.' }] },
  },
  {
    number: '+12065550142',
    title: 'says something else',
    description: 'Hears a prompt to its end and says what no menu expects.',
    script: {
      pickUp: 'answer',
      steps: [{ do: 'await-prompt' }, { do: 'say', text: 'I would rather talk about the weather.' }],
    },
  },
];

/** The test number of that address, if it is one. */
export function findTestNumber(address: string): TestNumber | undefined {
  return BY_NUMBER.get(address);
}

const BY_NUMBER: ReadonlyMap<string, TestNumber> = new Map(TEST_NUMBERS.map((row) => [row.number, row]));
