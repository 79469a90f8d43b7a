import { serverState } from '../live/live-state.ts';
import { linkTo } from '../routing.ts';

/** That something goes wrong on purpose, where somebody wonders why it does. Nothing while no fault is on. */
export function FaultNotice() {
  const faults = serverState.value?.faults ?? [];
  if (faults.length === 0) return null;
  return (
    <p class="hint">
      <span class="badge warn">fault</span> {faults.map(({ name }) => name).join(', ')}{' '}
      {faults.length === 1 ? 'is' : 'are'} <a href={linkTo('phones')}>switched on</a>.
    </p>
  );
}
