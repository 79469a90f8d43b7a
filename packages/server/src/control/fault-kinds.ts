import type { FaultTable } from '../contract/fault.ts';
import { plugs } from '../plugs.ts';

/** Every fault that can be switched on: the server's own, and those of its providers. */
export const faultKinds: FaultTable = Object.assign(
  {
    callbacks: { effect: 'no callback is delivered: each attempt ends in this fault', codes: 'text' },
    speech: { effect: 'no text becomes audio, for the status that is given' },
    media: { effect: 'no audio file can be downloaded' },
  } satisfies FaultTable,
  ...plugs.map(({ faults }) => faults),
);
