import { useEffect, useState } from 'preact/hooks';
import { FaultSwitches } from '../faults/fault-switches.tsx';
import { canonicalNumber } from '../format/party.ts';
import { wordsOf } from '../live/control-api.ts';
import { onFact } from '../live/live-state.ts';
import { ScriptedPhones } from '../scripts/scripted-phones.tsx';
import { claimedPhones } from './claimed-phones.ts';
import { PhoneCard } from './phone-card.tsx';
import { ringsAloud, setRingsAloud, startRinger } from './ringer.ts';
import { allowSound } from './sound.ts';
import { reclaimPhones, claimPhone } from './claim-phone.ts';
import { RingMe, answeredByHand } from './ring-me.tsx';
import { TestNumbers } from './test-numbers.tsx';
import './phones.css';

/** The phones that are used here, and those that can be. `wanted` is a number from a link. */
export function Phones({ wanted }: { wanted: string | undefined }) {
  const [number, setNumber] = useState(wanted ?? answeredByHand);
  const [problem, setProblem] = useState<string>();
  const claimed = claimedPhones.value;

  useEffect(startRinger, []);
  useEffect(() => {
    if (wanted !== undefined) setNumber(wanted);
  }, [wanted]);
  useEffect(() => {
    const reclaim = (): void => void reclaimPhones().catch((error: unknown) => setProblem(wordsOf(error)));
    reclaim();
    return onFact((fact) => {
      if (fact.type === 'fresh') reclaim();
    });
  }, []);

  const claim = (text: string): void => {
    allowSound();
    const address = canonicalNumber(text);
    if (address === '') {
      setProblem('Give the number of the phone that you want to be.');
      return;
    }
    setProblem(undefined);
    claimPhone(address).catch((error: unknown) => setProblem(wordsOf(error)));
  };

  return (
    <div class="phones">
      <div>
        <h2>Phones</h2>
        <p class="lead">
          Be any phone: when your application calls its number, it rings here. Answer, listen, press keys, speak.
        </p>
        <form
          class="row claim"
          onSubmit={(event) => {
            event.preventDefault();
            claim(number);
          }}
        >
          <label for="claim-number">Be the phone</label>
          <input
            id="claim-number"
            value={number}
            inputMode="tel"
            onInput={(event) => setNumber(event.currentTarget.value)}
          />
          <button type="submit" class="primary">
            Use it
          </button>
          <label class="check">
            <input
              type="checkbox"
              checked={ringsAloud.value}
              onChange={(event) => setRingsAloud(event.currentTarget.checked)}
            />
            ring aloud
          </label>
        </form>
        {problem !== undefined && (
          <p class="bad" role="alert">
            {problem}
          </p>
        )}
        {claimed.length === 0 ? (
          <div class="empty">
            <p>No phone in use. Choose a number above or a test number below and call it, or try it now:</p>
            <RingMe words={`Ring me on ${answeredByHand}`} />
          </div>
        ) : (
          <div class="phone-grid">
            {claimed.map((one) => (
              <PhoneCard key={one} number={one} />
            ))}
          </div>
        )}
        <TestNumbers onClaim={claim} />
      </div>
      <div>
        <ScriptedPhones held={claimed} />
        <FaultSwitches />
      </div>
    </div>
  );
}
