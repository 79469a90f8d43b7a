import type { Static, TSchema } from 'typebox';
import type { Turn } from '../calls/turn.ts';
import { shapeCheck, type ShapeCheck } from '../shape.ts';
import type { Place } from './svaml-object.ts';

/** How an instruction left the program: done at once, or waiting for an operation of the engine to end. */
export type Progress = 'done' | { readonly waitFor: string };

/** What instructions and actions have in common: their name, the places Sinch allows them in, and their fields. */
interface ElementRule<Schema extends TSchema> {
  readonly name: string;
  readonly places: readonly Place[];
  readonly fields: Schema;
  /** What the fields' schema cannot say: `undefined`, or what is wrong with this element. */
  readonly problem?: (element: Static<Schema>) => string | undefined;
}

/** An instruction: something done on the way to the action. */
export interface InstructionRule<Schema extends TSchema = TSchema> extends ElementRule<Schema> {
  /** Whether somebody must be there to hear it; it waits for the callee otherwise. */
  readonly heard: boolean;
  readonly run: (turn: Turn, instruction: Static<Schema>) => Progress;
}

/** An action: what the call does next. At most one a SVAML object. */
export interface ActionRule<Schema extends TSchema = TSchema> extends ElementRule<Schema> {
  readonly run: (turn: Turn, action: Static<Schema>, place: Place) => void;
}

/** An element rule with its fields' check compiled. */
export type Checked<Rule> = Rule & { readonly check: ShapeCheck<TSchema> };

/** Defines an instruction. */
export function defineInstruction<Schema extends TSchema>(rule: InstructionRule<Schema>): Checked<InstructionRule> {
  return { ...(rule as unknown as InstructionRule), check: shapeCheck(rule.fields) };
}

/** Defines an action. */
export function defineAction<Schema extends TSchema>(rule: ActionRule<Schema>): Checked<ActionRule> {
  return { ...(rule as unknown as ActionRule), check: shapeCheck(rule.fields) };
}
