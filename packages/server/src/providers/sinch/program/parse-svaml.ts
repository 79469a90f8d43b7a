import { readJson } from '../protocol/json.ts';
import { actionRule, actionRules } from './actions.ts';
import type { ActionRule, CheckedRule, InstructionRule } from '../calls/element.ts';
import { instructionRule, instructionRules } from './instructions.ts';
import type { SvamlPlace, Svaml, SvamlElement } from '../svaml/svaml-object.ts';

/** SVAML that can be played, or the first thing wrong with it. */
export type SvamlResult =
  { readonly ok: true; readonly svaml: Svaml } | { readonly ok: false; readonly problem: string };

/**
 * Reads the text of a SVAML object. Empty text is SVAML that asks for nothing.
 *
 * @param place where it stands: which elements are allowed depends on it
 */
export function parseSvaml(text: string, place: SvamlPlace): SvamlResult {
  if (text.trim() === '') return { ok: true, svaml: { instructions: [], action: undefined } };
  const json = readJson(text);
  if (!json.ok) return { ok: false, problem: `the SVAML is not JSON: ${json.problem}` };
  return readSvaml(json.value, place);
}

/** The most instructions of one SVAML object. */
const maxInstructions = 100;

/**
 * Checks a SVAML object that was read from JSON: element names in any case, allowed places, fields and limits.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/svaml/
 */
export function readSvaml(value: unknown, place: SvamlPlace): SvamlResult {
  if (!isObject(value)) return { ok: false, problem: 'SVAML is an object with "instructions" and "action"' };
  const { instructions = [], action } = value;
  if (!Array.isArray(instructions)) return { ok: false, problem: '"instructions" must be an array' };
  if (instructions.length > maxInstructions) {
    return {
      ok: false,
      problem: `"instructions" has ${instructions.length} items; at most ${maxInstructions} are read`,
    };
  }
  const elements: SvamlElement[] = [];
  for (const [index, instruction] of instructions.entries()) {
    const element = readElement(instruction, place, instructionRule, `instructions[${index}]`, instructionNames);
    if (typeof element === 'string') return { ok: false, problem: element };
    elements.push(element);
  }
  if (action === undefined) return { ok: true, svaml: { instructions: elements, action: undefined } };
  const element = readElement(action, place, actionRule, 'action', actionNames);
  if (typeof element === 'string') return { ok: false, problem: element };
  return { ok: true, svaml: { instructions: elements, action: element } };
}

function instructionNames(): string {
  return instructionRules.map(({ name }) => name).join(', ');
}

function actionNames(): string {
  return actionRules.map(({ name }) => name).join(', ');
}

function readElement(
  value: unknown,
  place: SvamlPlace,
  ruleOf: (name: string) => CheckedRule<InstructionRule> | CheckedRule<ActionRule> | undefined,
  at: string,
  known: () => string,
): SvamlElement | string {
  if (!isObject(value)) return `${at} must be an object with a "name"`;
  const { name } = value;
  if (typeof name !== 'string') return `${at}.name is required`;
  const rule = ruleOf(name);
  if (!rule) return `${at}.name "${name}" is none of ${known()}`;
  if (!rule.places.includes(place)) {
    return `${at}: ${rule.name} is not allowed in ${placeNames[place]}; it is in ${rule.places.map((allowed) => placeNames[allowed]).join(', ')}`;
  }
  const checked = rule.check(value);
  if (!checked.ok) return `${at}${checked.at === '' ? '' : `.${checked.at}`} ${checked.problem}`;
  const problem = rule.problem?.(checked.value as never);
  if (problem !== undefined) return `${at} ${problem}`;
  return { ...value, name: rule.name };
}

const placeNames: Readonly<Record<SvamlPlace, string>> = {
  ice: 'an answer to ICE',
  ace: 'an answer to ACE',
  pie: 'an answer to PIE',
  manage: 'a request that manages a call',
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
