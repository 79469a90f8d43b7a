import { Split } from '../lists/split.tsx';
import { RequestsOverview } from './overview.tsx';
import { RequestDetail } from './request-detail.tsx';
import { RequestList } from './request-list.tsx';
import './requests.css';

/** Every request that reached the server, live. */
export function Requests({ open }: { open: string | undefined }) {
  return (
    <Split
      list={<RequestList open={open} />}
      open={open === undefined ? undefined : <RequestDetail key={open} id={open} />}
      otherwise={<RequestsOverview />}
    />
  );
}
