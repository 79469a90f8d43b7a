import { Split } from '../lists/split.tsx';
import { CallDetail } from './call-detail.tsx';
import { CallList } from './call-list.tsx';
import './calls.css';

/** Every call, live. */
export function Calls({ open }: { open: string | undefined }) {
  return (
    <Split
      list={<CallList open={open} />}
      open={open === undefined ? undefined : <CallDetail key={open} id={open} />}
      otherwise={<p class="empty">Choose a call to see its timeline, hear its legs and read its callbacks.</p>}
    />
  );
}
