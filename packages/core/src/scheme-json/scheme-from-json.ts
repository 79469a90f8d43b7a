import { CountersignError } from '../errors.ts';
import { defineScheme, type Scheme } from '../scheme.ts';
import { eventBridgeScheme, isEventBridgeSource } from './eventbridge-source.ts';
import { isVapiPlan, vapiPlanScheme } from './vapi-plan.ts';

/** What a scheme's file may be long: no scheme comes near it. */
const longestText = 1_000_000;

/**
 * Reads a scheme from JSON, and checks it as `defineScheme` does. `schema/scheme.schema.json` of this package describes it, for
 * editors; a member `$schema` may name that. `deviations` are code, and cannot stand in JSON.
 *
 * Two forms of other platforms are taken as well: Vapi's HMAC plan, and the HMAC authentication of an EventBridge webhook source. A
 * secret in them is left out.
 *
 * @throws CountersignError `scheme/malformed` saying what is wrong, where, and what was expected; nothing of the text is shown
 * but names
 */
export function schemeFromJson(text: string): Scheme {
  if (text.length > longestText) throw malformed(`it is longer than ${longestText} characters`);
  const value = parsed(text);
  try {
    if (isEventBridgeSource(value)) return defineScheme(eventBridgeScheme(value));
    if (isVapiPlan(value)) return defineScheme(vapiPlanScheme(value));
    return schemeOf(value);
  } catch (error) {
    if (error instanceof TypeError) throw malformed(error.message);
    throw error;
  }
}

function schemeOf(value: unknown): Scheme {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('it must be an object, a scheme with id, title, documentation, key, mac, authorization and parts');
  }
  const { $schema: _, ...given } = value as Record<string, unknown>;
  if (given['deviations'] !== undefined) {
    throw malformed('`deviations` are functions, and cannot stand in JSON: leave them out');
  }
  return defineScheme(given as unknown as Scheme);
}

function parsed(text: string): unknown {
  try {
    // A byte order mark, which editors leave behind.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The engine's message may show what stands there, and that may be a secret: only the place is taken from it.
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    throw malformed(`it is no JSON${at === undefined ? '' : `: the mistake is ${place(text, Number(at))}`}`);
  }
}

function place(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `in line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

function malformed(why: string): CountersignError {
  return new CountersignError('scheme/malformed', why);
}
