import type { ServerState } from '@countersign/server/control/views/state-view';
import { useState } from 'preact/hooks';
import { addressOf, canonicalNumber } from '../format/party.ts';
import { PlaceCallButton } from '../development/place-call-button.tsx';
import { controlUrl, tellControl, wordsOf } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { useRemote } from '../live/remote.ts';
import { linkTo } from '../routing.ts';
import { ownScript, type Script } from './script.ts';
import { ScriptForm } from './script-form.tsx';
import { pickUpWords, stepWords } from './script-words.ts';
import './scripts.css';

type Phone = ServerState['phones'][number];

/** Phones that nobody holds: what each does by itself, and what it is doing now. `held` are those that somebody does hold. */
export function ScriptedPhones({ held }: { held: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  const [changed, setChanged] = useState<{ number: string; script: Script }>();
  const state = serverState.value;
  const scripted = (state?.phones ?? []).flatMap(({ number }) => {
    const script = held.includes(number) ? undefined : ownScript(number, state);
    return script ? [{ number, script }] : [];
  });
  const close = (): void => {
    setOpen(false);
    setChanged(undefined);
  };
  return (
    <section aria-labelledby="scripts" class="scripts">
      <div class="row">
        <h3 id="scripts">Scripts</h3>
        <button type="button" aria-expanded={isOpen} onClick={() => (isOpen ? close() : setOpen(true))}>
          {isOpen ? 'Close' : 'Give a phone a script'}
        </button>
      </div>
      <p class="lead">
        A phone that nobody holds follows its script: when it answers, what it presses and says, when it leaves.
      </p>
      {isOpen && <ScriptForm key={changed?.number} {...(changed && { wanted: changed })} onGiven={close} />}
      {scripted.length > 0 && (
        <div class="script-grid">
          {scripted.map(({ number, script }) => (
            <ScriptedPhone
              key={number}
              number={number}
              script={script}
              onChange={() => {
                setChanged({ number, script });
                setOpen(true);
              }}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function ScriptedPhone({ number, script, onChange }: { number: string; script: Script; onChange: () => void }) {
  const [problem, setProblem] = useState<string>();
  const phone = useRemote<Phone>(controlUrl('phones', number), (fact) => {
    if (fact.type === 'phone') return fact.number === number;
    if (fact.type === 'call') return fact.call.legs.some((leg) => canonicalNumber(addressOf(leg)) === number);
    return fact.type === 'settings';
  });
  const [line] = phone.value?.lines ?? [];
  const takeAway = (): void => {
    tellControl('DELETE', controlUrl('phones', number)).catch((error: unknown) => setProblem(wordsOf(error)));
  };
  return (
    <section class="card" aria-label={`Script of ${number}`}>
      <header class="row">
        <h4 class="mono">{number}</h4>
        <button type="button" class="quiet" onClick={onChange}>
          Change<span class="visually-hidden"> the script of {number}</span>
        </button>
        <button type="button" class="quiet" onClick={takeAway}>
          Take away<span class="visually-hidden"> the script of {number}</span>
        </button>
      </header>
      <ScriptSteps script={line?.script ?? script} line={line} />
      <div class="row">
        <PlaceCallButton words={`Call ${number}`} to={number} />
        {line && <a href={linkTo('calls', line.call)}>Timeline</a>}
      </div>
      {problem !== undefined && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

/** A script in words; with a line, what the phone is doing now, and what comes next. */
function ScriptSteps({ script, line }: { script: Script; line: Phone['lines'][number] | undefined }) {
  const steps = 'steps' in script ? (script.steps ?? []) : [];
  const isRinging = line?.state === 'ringing';
  const isThrough = line?.state === 'connected' && line.step === undefined;
  const now = isRinging
    ? 'It rings.'
    : isThrough
      ? 'It stays on the line.'
      : line
        ? 'In a call.'
        : 'Waiting for a call.';
  return (
    <>
      <p class="hint" role="status">
        {now}
        {line?.step !== undefined && steps[line.step] && ` Next it ${stepWords(steps[line.step] ?? { do: 'beep' })}.`}
      </p>
      <ol class="script-steps">
        <li aria-current={isRinging ? 'step' : undefined}>{pickUpWords(script)}</li>
        {steps.map((step, index) => (
          <li key={index} aria-current={line?.step === index + 1 ? 'step' : undefined}>
            {stepWords(step)}
          </li>
        ))}
      </ol>
    </>
  );
}
