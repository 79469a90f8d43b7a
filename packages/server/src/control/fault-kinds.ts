import type { FaultTable } from '../contract/fault.ts';
import { plugs } from '../plugs.ts';
import { type FaultKindView, viewFaultKinds } from './views/fault-kind-view.ts';

/** The faults of the server itself. */
const ownFaults: FaultTable = {
  callbacks: { effect: 'no callback is delivered: each attempt ends in this fault', codes: 'text' },
  speech: { effect: 'no text becomes audio, for the status that is given', takesStatus: true },
  media: { effect: 'no audio file can be downloaded' },
};

/** Every fault that can be switched on: the server's own, and those of its providers. */
export const faultKinds: FaultTable = Object.assign({}, ownFaults, ...plugs.map(({ faults }) => faults));

/** The same as a list: first the server's own. */
export function listFaultKinds(): FaultKindView[] {
  return [...viewFaultKinds(ownFaults), ...plugs.flatMap(({ faults, name }) => viewFaultKinds(faults, name))];
}
