import { useState } from 'preact/hooks';
import { wordsOf } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { placeableCall, placeCall, type PlacedCall } from './place-call.ts';

/** A test number that answers at once and stays. */
const listener = '+12065550110';

/** Places a call on this server. Nothing is shown where the server has no development account to place it with. */
export function PlaceCallButton({
  words,
  to = listener,
  before,
  onPlaced,
}: {
  words: string;
  /** The number that is called. */
  to?: string;
  /** Done before, in the click itself, which is what lets a page make a sound. Its failure is shown as the call's. */
  before?: () => void | Promise<void>;
  onPlaced?: (placed: PlacedCall) => void;
}) {
  const [isPlacing, setPlacing] = useState(false);
  const [problem, setProblem] = useState<string>();
  const placeable = serverState.value && placeableCall(serverState.value);
  if (!placeable) return null;
  const place = async (): Promise<void> => {
    setPlacing(true);
    setProblem(undefined);
    try {
      await before?.();
      const placed = await placeCall(placeable, to);
      onPlaced?.(placed);
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setPlacing(false);
  };
  return (
    <>
      <button type="button" class="primary" disabled={isPlacing} onClick={() => void place()}>
        {isPlacing ? 'Calling…' : words}
      </button>
      {problem !== undefined && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
