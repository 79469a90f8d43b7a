import { cancelOperations, interruptFor } from './cancel.ts';
import { checkCollect, startCollect } from './collect.ts';
import type { Command, CommandRefusal } from './command.ts';
import type { Draft } from './draft.ts';
import { requestPlay, resolvePlay } from './play.ts';
import { checkFreshOperation, findConnectedLeg, isRefusal } from './refusal.ts';
import { requestTones } from './tones.ts';

type OperationCommand = Extract<
  Command,
  { type: 'play' | 'collect' | 'watch-tones' | 'send-tones' | 'cancel-operations' }
>;

/** What the application asks to be done with the media of the call. */
export function decideOperations(draft: Draft, command: OperationCommand): CommandRefusal | undefined {
  switch (command.type) {
    case 'play': {
      const request = resolvePlay(draft, command);
      if (isRefusal(request)) return request;
      if (command.interrupt) interruptFor(draft, request);
      requestPlay(draft, request);
      return undefined;
    }
    case 'collect': {
      const refusal = checkCollect(draft, command);
      if (refusal) return refusal;
      if (command.interrupt) interruptFor(draft, { to: [command.leg], toAll: false });
      startCollect(draft, command);
      return undefined;
    }
    case 'cancel-operations':
      return cancelOperations(draft, command.operations);
    case 'watch-tones':
    case 'send-tones': {
      const { operation, leg } = command;
      const refusal = checkFreshOperation(draft.call, operation) ?? findConnectedLeg(draft.call, leg);
      if (isRefusal(refusal)) return refusal;
      if (command.type === 'send-tones') requestTones(draft, operation, leg, command.tones);
      else draft.record({ type: 'tone-watch-started', operation, leg });
      return undefined;
    }
  }
}
