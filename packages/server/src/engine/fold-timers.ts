import type { Call } from './call.ts';
import type { CallEvent } from './event.ts';
import { withItem, withoutItem } from './keyed.ts';

/** What an event changes about the timers that run. */
export function foldTimerEvent(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'timer-set':
      return { ...call, timers: withItem(call.timers, event.timer) };
    case 'timer-cleared':
    case 'timer-fired':
      return { ...call, timers: withoutItem(call.timers, event.timer) };
    default:
      return call;
  }
}
