import type { Schema } from '../../../json-schema/schema.ts';
import type { Turn } from './turn.ts';
import { shapeCheck, type ShapeCheck } from '../../kit/shape-check.ts';
import type { SvamlPlace } from '../svaml/svaml-object.ts';

/** How an instruction left the program: done at once, or waiting for an operation of the engine to end. */
export type Progress = 'done' | { readonly waitFor: string };

/** What instructions and actions have in common: their name, the places Sinch allows them in, and their fields. */
interface ElementRule<Fields> {
  readonly name: string;
  readonly places: readonly SvamlPlace[];
  readonly fields: Schema<Fields>;
  /** A check beyond the schema: what is wrong with this element, or `undefined`. */
  readonly problem?: (element: Fields) => string | undefined;
}

/** An instruction: something done on the way to the action. */
export interface InstructionRule<Fields = unknown> extends ElementRule<Fields> {
  /** Whether a party must hear it. In ICE it is deferred until the callee has answered, if nobody is there yet. */
  readonly heard: boolean;
  readonly run: (turn: Turn, instruction: Fields) => Progress;
}

/** An action: what the call does next. At most one a SVAML object. */
export interface ActionRule<Fields = unknown> extends ElementRule<Fields> {
  readonly run: (turn: Turn, action: Fields, place: SvamlPlace) => void;
}

/** An element rule with its fields' check. */
export type CheckedRule<Rule> = Rule & { readonly check: ShapeCheck<unknown> };

/** Defines an instruction. */
export function defineInstruction<Fields>(rule: InstructionRule<Fields>): CheckedRule<InstructionRule> {
  return { ...(rule as unknown as InstructionRule), check: shapeCheck(rule.fields) };
}

/** Defines an action. */
export function defineAction<Fields>(rule: ActionRule<Fields>): CheckedRule<ActionRule> {
  return { ...(rule as unknown as ActionRule), check: shapeCheck(rule.fields) };
}
