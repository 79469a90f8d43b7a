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
      otherwise={<p class="empty">Select a call to see its timeline, listen to it, and read its callbacks.</p>}
    />
  );
}
