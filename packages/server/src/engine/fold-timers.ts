import type { Call } from './call.ts';
import { withEntry, withoutEntry } from './copies.ts';
import type { CallEvent } from './event.ts';

/** What an event changes about the timers that run. */
export function foldTimerEvent(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'timer-set':
      return { ...call, timers: withEntry(call.timers, event.timer.id, event.timer) };
    case 'timer-cleared':
    case 'timer-fired':
      return { ...call, timers: withoutEntry(call.timers, event.timer) };
    default:
      return call;
  }
}
