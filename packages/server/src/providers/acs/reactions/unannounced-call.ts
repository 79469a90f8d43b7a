import type { StepAt } from './step.ts';

/** A call of which no application is told rings until the caller gives up: its timeline says so. */
export const unannouncedCall: StepAt<'leg-invited'> = (event, _state, call, { eventGrid }) => {
  if (event.direction !== 'inbound') return {};
  if (eventGrid.takes(call.account, 'Microsoft.Communication.IncomingCall')) return {};
  const summary =
    'No application is told of this incoming call: the account has no Event Grid subscription that takes IncomingCall';
  const command = { type: 'explain-refusal', code: 'event-grid/no-subscription', summary } as const;
  return { commands: [{ call: call.id, command }] };
};
