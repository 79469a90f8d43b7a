import { firstViolation } from '../json-schema/first-violation.ts';
import {
  array,
  boolean,
  integer,
  literal,
  object,
  optional,
  string,
  union,
  type Schema,
  type Static,
} from '../json-schema/schema.ts';
import { shownValue } from '../json-schema/shown-value.ts';

const strict = { additionalProperties: false } as const;
const Milliseconds = integer({ minimum: 0, maximum: 86_400_000, description: 'Milliseconds, a day at most.' });
const Tones = string({ pattern: '^[0-9A-Da-d*#]{1,100}$', description: 'Keys: 0-9, *, #, A-D.' });

/** What a phone does once it is connected, one step after the other. The schemas are part of the published JSON Schema. */
const STEPS = {
  wait: object({ do: literal('wait'), ms: Milliseconds }, { ...strict, description: 'Waits.' }),
  'await-prompt': object(
    { do: literal('await-prompt'), pauseMs: optional(Milliseconds) },
    {
      ...strict,
      description: 'Listens until a prompt has been heard to its end, then pauses (500 ms) before it goes on.',
    },
  ),
  'await-tones': object(
    { do: literal('await-tones'), tones: Tones },
    { ...strict, description: 'Listens until these keys have been sent to it, in one piece or several.' },
  ),
  press: object(
    { do: literal('press'), tones: Tones, gapMs: optional(Milliseconds) },
    { ...strict, description: 'Presses keys, one every `gapMs` (200 ms).' },
  ),
  say: object(
    { do: literal('say'), text: string({ minLength: 1, maxLength: 5000 }) },
    { ...strict, description: 'Says something, and goes on when it has been said.' },
  ),
  beep: object(
    { do: literal('beep') },
    { ...strict, description: 'Beeps, as an answering machine does before it records.' },
  ),
  'hang-up': object({ do: literal('hang-up') }, { ...strict, description: 'Hangs up.' }),
} as const;

/** One step of a phone's script. */
export const PhoneStep = union([
  STEPS.wait,
  STEPS['await-prompt'],
  STEPS['await-tones'],
  STEPS.press,
  STEPS.say,
  STEPS.beep,
  STEPS['hang-up'],
]);
export type PhoneStep = Static<typeof PhoneStep>;

const Steps = optional(array(PhoneStep, { maxItems: 100, description: 'What it does once it is connected.' }));

const PICK_UPS = {
  answer: object(
    {
      pickUp: literal('answer'),
      afterMs: optional(Milliseconds),
      machine: optional(boolean({ description: 'What answers is a machine, for answering machine detection.' })),
      steps: Steps,
    },
    { ...strict, description: 'Answers after `afterMs` of ringing (1000 ms, unless configured otherwise).' },
  ),
  manual: object(
    { pickUp: literal('manual'), steps: Steps },
    { ...strict, description: 'Rings until somebody picks it up, in the console or by the control API.' },
  ),
  busy: object(
    { pickUp: literal('busy'), afterMs: optional(Milliseconds) },
    { ...strict, description: 'Is busy (known after 500 ms).' },
  ),
  decline: object(
    { pickUp: literal('decline'), afterMs: optional(Milliseconds) },
    { ...strict, description: 'Declines after `afterMs` of ringing (2000 ms).' },
  ),
  unreachable: object(
    { pickUp: literal('unreachable'), afterMs: optional(Milliseconds) },
    { ...strict, description: 'Cannot be reached: no such number (known after 500 ms).' },
  ),
  fail: object(
    { pickUp: literal('fail'), afterMs: optional(Milliseconds) },
    { ...strict, description: 'The network fails on the way (after 500 ms).' },
  ),
  'no-answer': object({ pickUp: literal('no-answer') }, { ...strict, description: 'Rings until the caller gives up.' }),
} as const;

/** How a phone behaves: whether it picks up when it rings, and what it does then. The steps of a caller run, too. */
export const PhoneScript = union([
  PICK_UPS.answer,
  PICK_UPS.manual,
  PICK_UPS.busy,
  PICK_UPS.decline,
  PICK_UPS.unreachable,
  PICK_UPS.fail,
  PICK_UPS['no-answer'],
]);
/** How a phone behaves: whether it picks up when it rings, and what it does then. */
export type PhoneScript = Static<typeof PhoneScript>;

/** A phone's script is not one. `path` says where, `message` what was expected. */
export class PhoneScriptError extends Error {
  override readonly name = 'PhoneScriptError';
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path === '' ? 'the phone script' : path} ${problem}`);
    this.path = path;
  }
}

/**
 * Reads a phone's script as it comes from the configuration or the control API.
 *
 * @throws PhoneScriptError saying where and what was expected
 */
export function parsePhoneScript(value: unknown): PhoneScript {
  if (!firstViolation(PhoneScript, value)) return value as PhoneScript;
  const script = variantOf(PICK_UPS, 'pickUp', value, '');
  if (isRecord(value) && Array.isArray(value['steps'])) {
    value['steps'].forEach((step, index) => {
      const path = `steps[${index}]`;
      checkAgainst(variantOf(STEPS, 'do', step, path), step, path);
    });
  }
  checkAgainst(script, value, '');
  throw new PhoneScriptError('', 'is not valid');
}

/** The schema that a value's discriminator chooses: so an error speaks of what was meant, not of every alternative. */
function variantOf(variants: Record<string, Schema>, key: string, value: unknown, path: string): Schema {
  if (!isRecord(value)) throw new PhoneScriptError(path, `must be an object with a "${key}"`);
  const chosen = value[key];
  const variant = typeof chosen === 'string' && Object.hasOwn(variants, chosen) ? variants[chosen] : undefined;
  if (variant) return variant;
  const at = path === '' ? key : `${path}.${key}`;
  throw new PhoneScriptError(at, `must be one of ${Object.keys(variants).join(', ')}, not ${shownValue(chosen)}`);
}

function checkAgainst(schema: Schema, value: unknown, path: string): void {
  const violation = firstViolation(schema, value);
  if (!violation) return;
  const { pointer, message } = violation;
  const at = (path + pointer.replaceAll(/\/(\d+)/gu, '[$1]').replaceAll('/', '.')).replace(/^\./u, '');
  throw new PhoneScriptError(at, message);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
