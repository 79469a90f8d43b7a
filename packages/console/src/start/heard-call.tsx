import { calls, serverState } from '../live/live-state.ts';
import { controlUrl } from '../live/control-api.ts';
import { Captions } from '../phones/captions.tsx';
import { LivePlayer } from '../phones/live-player.tsx';
import { linkTo } from '../routing.ts';
import type { PlacedCall } from '../development/place-call.ts';
import '../phones/phones.css';
import './start-here.css';

const states = { ringing: 'It rings…', connected: 'Answered. Listen:', ended: 'The call has ended.' } as const;

/** A call while it goes on, as the number that was called hears it. What was said and the ways on stay when it has ended. */
export function HeardCall({ placed: { call, exchange } }: { placed: PlacedCall }) {
  const summary = calls.version.value >= 0 ? calls.get(call) : undefined;
  const leg = summary?.legs[0];
  if (!summary || !leg) return <p role="status">The call is being placed…</p>;
  return (
    <div class="heard-call">
      <p role="status">{states[summary.state]}</p>
      {serverState.value?.clock.kind === 'virtual' && summary.state !== 'ended' && (
        <p class="hint">
          The clock of this server is virtual: the call goes on when you move it, at the top of the page.
        </p>
      )}
      <LivePlayer
        key={leg.id}
        url={`${controlUrl('calls', call, 'legs', leg.id)}/live.wav`}
        label="What the phone hears"
        isConnected={summary.state === 'connected'}
        isHeard={summary.state !== 'ended'}
      />
      <Captions call={call} leg={leg.id} isSpoken />
      <p class="row">
        <a href={linkTo('calls', call)}>The call’s timeline</a>
        <a href={linkTo('requests', exchange)}>The signed request</a>
      </p>
    </div>
  );
}
