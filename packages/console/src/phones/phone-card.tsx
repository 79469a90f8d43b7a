import { useState } from 'preact/hooks';
import { controlUrl, tellControl, wordsOf } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { MicrophoneButton } from '../microphone/microphone-button.tsx';
import { linkTo } from '../routing.ts';
import { causeWords } from '../format/cause.ts';
import { canonicalNumber } from '../format/party.ts';
import { duration } from '../format/time.ts';
import { Captions } from './captions.tsx';
import { heardLegs, claimedLines, lastLines, type ClaimedLine, type EndedLine } from './claimed-phones.ts';
import { Keypad } from './keypad.tsx';
import { LivePlayer } from './live-player.tsx';
import { allowSound } from './sound.ts';
import { releasePhone } from './claim-phone.ts';

/** A phone that is used here. With several calls at once, each has its own line. */
export function PhoneCard({ number }: { number: string }) {
  const [problem, setProblem] = useState<string>();
  const lines = claimedLines.value.filter((line) => line.number === number);
  const last = lastLines.value.get(number);
  const nature = serverState.value?.testNumbers.find((row) => row.number === number)?.title;
  const attempt = (action: Promise<unknown>): void => {
    allowSound();
    setProblem(undefined);
    action.catch((error: unknown) => setProblem(wordsOf(error)));
  };
  const tell = (verb: string, body: object = {}): void =>
    attempt(tellControl('POST', controlUrl('phones', number, verb), body));
  const state = ['ringing', 'connected', 'dialing'].find((one) => lines.some((line) => line.state === one)) ?? 'idle';
  return (
    <section class={`phone phone-${state}`} aria-label={`Phone ${number}`}>
      <header class="row">
        <h3>{number}</h3>
        {nature !== undefined && <span class="hint">{nature}</span>}
        <button type="button" class="quiet release" onClick={() => attempt(releasePhone(number))}>
          Release
        </button>
      </header>
      {lines.map((line) => (
        <Line key={line.leg.id} line={line} tell={tell} />
      ))}
      {lines.length === 0 && last && <LastCall key={last.call} line={last} />}
      {lines.length === 0 && <Idle number={number} tell={tell} />}
      {problem !== undefined && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

type Tell = (verb: string, body?: object) => void;

function Line({ line, tell }: { line: ClaimedLine; tell: Tell }) {
  const { number, call, leg, state } = line;
  const other = leg.presented ?? 'unknown';
  const live = `${controlUrl('calls', call, 'legs', leg.id)}/live.wav`;
  const words = { ringing: `Call from ${other}`, dialing: `Calling ${other}…`, connected: `In a call with ${other}` };
  return (
    <div class={`line line-${state}`}>
      <p role={state === 'ringing' ? 'alert' : 'status'} class="line-state">
        {words[state]}
      </p>
      <LivePlayer
        url={live}
        label={`What ${number} hears`}
        isConnected={state === 'connected'}
        isHeard={heardLegs.value.has(leg.id)}
      />
      {state === 'ringing' && (
        <div class="row line-buttons">
          <button type="button" class="answer" onClick={() => tell('answer', { leg: leg.id })}>
            Answer
          </button>
          <button type="button" class="hang-up" onClick={() => tell('decline', { leg: leg.id })}>
            Decline
          </button>
        </div>
      )}
      {state === 'connected' && (
        <>
          <Captions call={call} leg={leg.id} isSpoken />
          <Keypad label={`Keys of ${number}`} onPress={(tones) => tell('press', { tones, leg: leg.id })} />
          <MicrophoneButton
            key={leg.id}
            url={`${controlUrl('phones', number, 'microphone')}?leg=${encodeURIComponent(leg.id)}`}
            label={`Microphone of ${number}`}
          />
          <SayForm number={number} onSay={(text) => tell('say', { text, leg: leg.id })} />
        </>
      )}
      {state !== 'ringing' && (
        <div class="row line-buttons">
          <button type="button" class="hang-up" onClick={() => tell('hangup', { leg: leg.id })}>
            Hang up
          </button>
          <a href={linkTo('calls', call)}>Timeline</a>
        </div>
      )}
    </div>
  );
}

/** What stays of a call when it is over. */
function LastCall({ line: { call, leg } }: { line: EndedLine }) {
  const { presented, answeredAtMs, endedAtMs = 0, cause } = leg;
  const lasted = answeredAtMs === undefined ? 'never answered' : duration(endedAtMs - answeredAtMs);
  return (
    <div class="line last-call">
      <p class="line-state">
        The call with {presented ?? 'unknown'} has ended{cause === undefined ? '' : `: ${causeWords(cause)}`}.{' '}
        <span class="hint">{lasted}</span>
      </p>
      {answeredAtMs !== undefined && <Captions call={call} leg={leg.id} isSpoken={false} />}
      <p class="row line-buttons">
        <a href={linkTo('calls', call)}>Timeline</a>
      </p>
    </div>
  );
}

function SayForm({ number, onSay }: { number: string; onSay: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <form
      class="row say"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        onSay(text.trim());
        setText('');
      }}
    >
      <input
        value={text}
        aria-label={`What the person at ${number} says`}
        placeholder="Say something…"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" disabled={text.trim() === ''}>
        Say
      </button>
    </form>
  );
}

function Idle({ number, tell }: { number: string; tell: Tell }) {
  const numbers = serverState.value?.accounts.flatMap((account) => account.numbers) ?? [];
  const [to, setTo] = useState<string>();
  const dialed = to ?? numbers.find((one) => one !== number) ?? '';
  const list = `numbers-${number.replace(/\W/g, '')}`;
  return (
    <>
      <p class="line-state soft">Waiting for a call</p>
      <form
        class="row dial"
        onSubmit={(event) => {
          event.preventDefault();
          if (dialed.trim() !== '') tell('dial', { to: canonicalNumber(dialed) });
        }}
      >
        <input
          value={dialed}
          list={list}
          inputMode="tel"
          aria-label={`Number to dial from ${number}`}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
        <datalist id={list}>
          {numbers.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <button type="submit">Dial</button>
      </form>
      <p class="hint">Dial a number of an account to make an incoming call to its application.</p>
    </>
  );
}
