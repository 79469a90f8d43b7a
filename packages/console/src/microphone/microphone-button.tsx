import { useEffect, useRef, useState } from 'preact/hooks';
import { wordsOf } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { openMicrophone } from './microphone.ts';
import './microphone.css';

/** Speaks into a phone by the microphone of this machine, until it is pressed again or the leg ends. */
export function MicrophoneButton({ url, label }: { url: string; label: string }) {
  const [state, setState] = useState<'off' | 'opening' | 'on'>('off');
  const [problem, setProblem] = useState<string>();
  const level = useRef<HTMLMeterElement>(null);
  /** What ends the microphone; while it is being opened, what has it ended as soon as it is open. */
  const stop = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => stop.current?.(), [url]);

  const turnOff = (): void => {
    stop.current?.();
    stop.current = undefined;
    setState('off');
  };
  const turnOn = async (): Promise<void> => {
    let isWanted = true;
    const cancel = (): void => void (isWanted = false);
    stop.current = cancel;
    setProblem(undefined);
    setState('opening');
    try {
      const close = await openMicrophone(url, {
        onLevel: (peak) => {
          if (level.current) level.current.value = peak;
        },
        onEnded: (reason) => {
          setState('off');
          setProblem(reason === '' ? 'The connection of the microphone broke.' : `The microphone is off: ${reason}.`);
        },
      });
      if (!isWanted) {
        close();
        return;
      }
      stop.current = close;
      setState('on');
    } catch (error) {
      if (!isWanted) return;
      setState('off');
      setProblem(wordsOf(error));
    }
  };
  if (serverState.value?.clock.kind === 'virtual') {
    return <p class="hint">The microphone needs a clock that runs: on the virtual one, type what is said.</p>;
  }
  return (
    <div class="microphone">
      <div class="row">
        <button
          type="button"
          aria-pressed={state === 'on'}
          aria-label={label}
          disabled={state === 'opening'}
          onClick={() => (state === 'on' ? turnOff() : void turnOn())}
        >
          {state === 'on' ? 'Microphone is on' : state === 'opening' ? 'Asking for it…' : 'Microphone'}
        </button>
        {state === 'on' && <meter ref={level} min={0} max={1} high={0.95} aria-label="How loud you are" />}
      </div>
      {problem !== undefined && (
        <p class="hint" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
