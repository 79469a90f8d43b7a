import { useState } from 'preact/hooks';
import { exactTime } from '../format/time.ts';
import { tellControl, wordsOf } from './control-api.ts';
import { serverState } from './live-state.ts';

const steps = [
  { ms: 1000, words: '+1 s' },
  { ms: 10_000, words: '+10 s' },
  { ms: 60_000, words: '+1 min' },
] as const;

/** The call clock of a server that was started with a virtual one: calls go on only when somebody moves it. */
export function ClockControls() {
  const [isMoving, setIsMoving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const clock = serverState.value?.clock;
  if (clock?.kind !== 'virtual') return null;
  const advance = async (ms: number): Promise<void> => {
    setIsMoving(true);
    setProblem(undefined);
    try {
      await tellControl('POST', '/_control/clock/advance', { ms });
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setIsMoving(false);
  };
  return (
    <div class="virtual-clock" role="group" aria-label="Virtual clock">
      <time title="The call clock, which is virtual">{exactTime(clock.nowMs)}</time>
      {steps.map(({ ms, words }) => (
        <button key={ms} type="button" disabled={isMoving} onClick={() => void advance(ms)}>
          {words}
        </button>
      ))}
      {problem !== undefined && (
        <span class="bad" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
