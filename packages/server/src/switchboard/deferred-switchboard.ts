import type { Switchboard } from '../contract/switchboard.ts';

/**
 * A switchboard for those who are made before it: providers are given one, and the switchboard is given the providers.
 *
 * @param actual the switchboard, once there is one
 */
export function deferredSwitchboard(actual: () => Switchboard): Switchboard {
  return {
    dispatch: (call, ...commands) => actual().dispatch(call, ...commands),
    call: (id) => actual().call(id),
    callBy: (key) => actual().callBy(key),
    history: (id) => actual().history(id),
    providerState: (id) => actual().providerState(id),
    calls: () => actual().calls(),
    callsOf: (address) => actual().callsOf(address),
    forgetEnded: () => actual().forgetEnded(),
    onEvent: (listener) => actual().onEvent(listener),
  };
}
