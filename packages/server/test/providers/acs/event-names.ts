import type { AcsEventName } from '../../../src/providers/acs/events/event-versions.ts';
import { acsReadyEvents } from '../../../src/providers/acs/ready-events/ready-events.ts';

/** The events of Call Automation, by name: each can be sent without a call. */
export const eventNames = [
  ...new Set(acsReadyEvents.filter(({ proof }) => proof.by === 'token').map(({ name }) => name.split('.')[0])),
] as AcsEventName[];
