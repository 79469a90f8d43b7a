import type { ServerState } from '@countersign/server/control/views/state-view';
import { serverState } from '../live/live-state.ts';
import { linkTo } from '../routing.ts';
import { Doors } from './doors.tsx';
import { ConfiguredAccounts, Credentials } from './credentials.tsx';
import { FirstCall } from './first-call.tsx';
import './start-here.css';

/** The first view: what this is, three ways in, and then the credentials of this server and code that calls with them. */
export function StartHere() {
  const state = serverState.value;
  return (
    <div class="start">
      <h2>Sign and verify HTTP requests and webhooks. Find out why one was refused.</h2>
      <p class="lead">
        {state
          ? `This server behaves like ${listed(state.providers.map(({ product }) => product))}, on your machine. `
          : ''}
        Start with one of these:
      </p>
      <Doors />
      {state && <WithYourClient state={state} />}
    </div>
  );
}

function WithYourClient({ state }: { state: ServerState }) {
  const hasDevelopmentAccount = state.providers.some(({ development }) => development);
  return (
    <>
      <h2 class="with-client">With your own client</h2>
      <p class="lead">
        Point it at this server, and every signed request shows up in <a href={linkTo('requests')}>Requests</a>.
      </p>
      {hasDevelopmentAccount ? (
        <>
          <FirstCall state={state} />
          <Credentials state={state} />
        </>
      ) : (
        <ConfiguredAccounts state={state} />
      )}
    </>
  );
}

/** `a`, `a and b`, `a, b and c`. */
function listed(items: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(items);
}
