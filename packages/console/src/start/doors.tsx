import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { placeableCall, type PlacedCall } from '../development/place-call.ts';
import { PlaceCallButton } from '../development/place-call-button.tsx';
import { handOver } from '../handed-request.ts';
import { serverState } from '../live/live-state.ts';
import { RingMe, answeredByHand } from '../phones/ring-me.tsx';
import { allowSound } from '../phones/sound.ts';
import { linkTo } from '../routing.ts';
import { HeardCall } from './heard-call.tsx';

/** The three things that somebody comes for, each one click away. */
export function Doors() {
  return (
    <div class="doors">
      <RefusedRequest />
      <FirstListen />
      <BeAPhone />
    </div>
  );
}

function RefusedRequest() {
  const [text, setText] = useState('');
  const isEmpty = text.trim() === '';
  const open = (): void => {
    if (!isEmpty) handOver({ text });
    location.hash = linkTo('playground');
  };
  return (
    <section class="card door" aria-labelledby="door-refused">
      <h3 id="door-refused">I have a refused request</h3>
      <p>Find out which mistake made its signature wrong, and how to fix it. Nothing leaves this page.</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <label for="door-request" class="visually-hidden">
          The refused request
        </label>
        <textarea
          id="door-request"
          rows={4}
          spellcheck={false}
          placeholder="Paste it: curl, raw HTTP, HAR, Postman, or your code"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="primary">
          {isEmpty ? 'Go to the playground' : 'Find out why'}
        </button>
      </form>
    </section>
  );
}

function FirstListen() {
  const [placed, setPlaced] = useState<PlacedCall>();
  return (
    <section class="card door" aria-labelledby="door-call">
      <h3 id="door-call">Place a call now</h3>
      <p>
        This page sends a signed request, as your application would. A phone on this server answers, and you hear what
        it hears.
      </p>
      <CallOrWhyNot>
        <PlaceCallButton words={placed ? 'Call again' : 'Call and listen'} before={allowSound} onPlaced={setPlaced} />
      </CallOrWhyNot>
      {placed && <HeardCall key={placed.call} placed={placed} />}
    </section>
  );
}

function BeAPhone() {
  return (
    <section class="card door" aria-labelledby="door-phone">
      <h3 id="door-phone">Be a phone</h3>
      <p>Your phone is {answeredByHand}. It rings here: answer, listen, press keys and speak.</p>
      <CallOrWhyNot>
        <RingMe words="Ring me" />
      </CallOrWhyNot>
      <p class="hint">
        Or <a href={linkTo('phones')}>choose another number</a> and call it from your application.
      </p>
    </section>
  );
}

/** The button, or why there is none: placing a call takes a key that this page may know. */
function CallOrWhyNot({ children }: { children: ComponentChildren }) {
  const state = serverState.value;
  if (!state) return <p class="hint">Asking the server…</p>;
  if (!placeableCall(state)) {
    return <p class="hint">This server has no development account, so a call has to come from your application.</p>;
  }
  return children;
}
