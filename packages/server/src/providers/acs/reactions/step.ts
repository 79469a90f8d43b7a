import type { Call, CallId } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallEvent } from '../../../engine/event.ts';
import type { OfType } from '../../kit/event-table.ts';
import type { Endpoints } from '../event-grid/endpoints.ts';
import type { EventGrid } from '../event-grid/event-grid.ts';
import type { GridEvent } from '../event-grid/grid-event.ts';
import type { AcsCallState } from '../state/call-state.ts';
import type { DueEvent } from './due-event.ts';

/** What reactions are made with, fixed when the provider is made. */
export interface ReactionParts {
  /** Where the accounts can be called. */
  readonly endpoints: Endpoints;
  /** Where what happens in an account is announced. */
  readonly eventGrid: EventGrid;
  /** Where addresses of recordings lead. */
  readonly recordingUrl: () => string;
}

/** What follows from an event of a call, in one respect. */
export interface Step {
  /** Told to applications that control the call. */
  readonly events?: readonly DueEvent[];
  readonly commands?: readonly CallCommand[];
  /** Announced by Event Grid. */
  readonly notices?: readonly GridEvent[];
}

/** A command, and the call that it is given to. */
export interface CallCommand {
  readonly call: CallId;
  readonly command: Command;
}

/** Says what follows from an event of a type, with the call and the state as they are after it. */
export type StepAt<Type extends CallEvent['type']> = (
  event: OfType<CallEvent, Type>,
  state: AcsCallState,
  call: Call,
  parts: ReactionParts,
) => Step;
