import type { Call } from './call.ts';
import type { CallEvent } from './event.ts';

/** What an event changes about the timers that run. */
export function foldTimerEvent(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'timer-set':
      return { ...call, timers: { ...call.timers, [event.timer.id]: event.timer } };
    case 'timer-cleared':
    case 'timer-fired': {
      const { [event.timer]: _gone, ...timers } = call.timers;
      return { ...call, timers };
    }
    default:
      return call;
  }
}
