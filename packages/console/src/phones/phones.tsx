import { useEffect, useState } from 'preact/hooks';
import { canonicalNumber } from '../format/party.ts';
import { wordsOf } from '../live/control-api.ts';
import { onFact } from '../live/live-state.ts';
import { heldPhones } from './held-phones.ts';
import { PhoneCard } from './phone-card.tsx';
import { ringsAloud, setRingsAloud, startRinger } from './ringer.ts';
import { allowSound } from './sound.ts';
import { retakePhones, takePhone } from './take-phone.ts';
import { TestNumbers } from './test-numbers.tsx';
import './phones.css';

/** The phones in hand, and those that can be taken. `wanted` is a number that a link brought along. */
export function Phones({ wanted }: { wanted: string | undefined }) {
  const [number, setNumber] = useState(wanted ?? '+12065550115');
  const [problem, setProblem] = useState<string>();
  const held = heldPhones.value;

  useEffect(startRinger, []);
  useEffect(() => {
    if (wanted !== undefined) setNumber(wanted);
  }, [wanted]);
  useEffect(() => {
    const retake = (): void => void retakePhones().catch((error: unknown) => setProblem(wordsOf(error)));
    retake();
    return onFact((fact) => {
      if (fact.type === 'fresh') retake();
    });
  }, []);

  const take = (text: string): void => {
    allowSound();
    const address = canonicalNumber(text);
    if (address === '') {
      setProblem('Give the number of the phone that you want to be.');
      return;
    }
    setProblem(undefined);
    takePhone(address).catch((error: unknown) => setProblem(wordsOf(error)));
  };

  return (
    <div class="phones">
      <h2>Phones</h2>
      <p class="lead">
        Be any phone: when your application calls its number, it rings here. Answer, listen, press keys, speak.
      </p>
      <form
        class="row take"
        onSubmit={(event) => {
          event.preventDefault();
          take(number);
        }}
      >
        <label for="take-number">Be the phone</label>
        <input
          id="take-number"
          value={number}
          inputMode="tel"
          onInput={(event) => setNumber(event.currentTarget.value)}
        />
        <button type="submit" class="primary">
          Take it
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
      {held.length === 0 ? (
        <p class="empty">No phone in hand. Take one above, or one of the test numbers below, and have it called.</p>
      ) : (
        <div class="phone-grid">
          {held.map((one) => (
            <PhoneCard key={one} number={one} />
          ))}
        </div>
      )}
      <TestNumbers onTake={take} />
    </div>
  );
}
