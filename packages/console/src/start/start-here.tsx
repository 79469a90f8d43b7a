import { serverState } from '../live/live-state.ts';
import { linkTo } from '../routing.ts';
import { ConfiguredAccounts, Credentials } from './credentials.tsx';
import { FirstCall } from './first-call.tsx';
import './start-here.css';

/** The credentials of this server and code that places a call on it. */
export function StartHere() {
  const state = serverState.value;
  if (!state) return <p class="hint">Asking the server for its accounts…</p>;
  const hasDevelopmentAccount = state.providers.some(({ development }) => development);
  return (
    <div class="start">
      <h2>Start here</h2>
      <p class="lead">
        This server behaves like {listed(state.providers.map(({ product }) => product))}. Point your client at it, and
        every signed request shows up in <a href={linkTo('requests')}>Requests</a>.
      </p>
      {hasDevelopmentAccount ? (
        <>
          <Credentials state={state} />
          <FirstCall state={state} />
        </>
      ) : (
        <ConfiguredAccounts state={state} />
      )}
    </div>
  );
}

/** `a`, `a and b`, `a, b and c`. */
function listed(items: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(items);
}
