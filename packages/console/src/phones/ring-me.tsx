import { PlaceCallButton } from '../development/place-call-button.tsx';
import { linkTo } from '../routing.ts';
import { claimPhone } from './claim-phone.ts';
import { allowSound } from './sound.ts';

/** The test number that rings until somebody answers it by hand. */
export const answeredByHand = '+12065550115';

/** Makes a phone the reader's and calls it, so that it rings here. */
export function RingMe({ words }: { words: string }) {
  return (
    <PlaceCallButton
      words={words}
      to={answeredByHand}
      before={() => {
        allowSound();
        return claimPhone(answeredByHand);
      }}
      onPlaced={() => {
        location.hash = linkTo('phones');
      }}
    />
  );
}
