import { useEffect, useRef, useState } from 'preact/hooks';
import { playLiveWav } from './live-wav.ts';
import { allowSound } from './sound.ts';

/**
 * What a leg hears, as it is spoken. It begins while the phone still rings, so that nothing is missed when it is
 * answered.
 */
export function LivePlayer(props: { url: string; label: string; isConnected: boolean; isHeard: boolean }) {
  const { url, label, isConnected, isHeard } = props;
  const audio = useRef<HTMLAudioElement>(null);
  const [needsClick, setNeedsClick] = useState(false);
  const play = (): void => {
    audio.current?.play().then(
      () => setNeedsClick(false),
      (error: unknown) => setNeedsClick(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  };
  useEffect(() => (isHeard && audio.current ? playLiveWav(url, audio.current) : undefined), [url, isHeard]);
  useEffect(() => {
    if (isHeard) play();
  }, [url, isHeard, isConnected]);
  return (
    <div class="live-audio" hidden={!isConnected}>
      <audio ref={audio} aria-label={label} />
      <label class="volume">
        <span>Volume</span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          defaultValue="1"
          onInput={(event) => {
            if (audio.current) audio.current.volume = Number(event.currentTarget.value);
          }}
        />
      </label>
      {!isHeard && <p class="hint">Not heard: a page hears three calls at once, and others are on.</p>}
      {needsClick && (
        <button
          type="button"
          onClick={() => {
            allowSound();
            play();
          }}
        >
          Listen
        </button>
      )}
    </div>
  );
}
