import type { Call } from './call.ts';
import { callWith } from './copies.ts';
import type { CallEvent } from './event.ts';

/** What an event changes about the timers that run. */
export function foldTimerEvent(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'timer-set':
      return callWith(call, { timers: call.timers.with(event.timer) });
    case 'timer-cleared':
    case 'timer-fired':
      return callWith(call, { timers: call.timers.without(event.timer) });
    default:
      return call;
  }
}
