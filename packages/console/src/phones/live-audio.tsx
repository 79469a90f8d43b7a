import { useEffect, useRef, useState } from 'preact/hooks';

/** How far behind the line the player may fall before it plays a little faster, in seconds. */
const lagLimit = 1.2;

/**
 * What a leg hears, as it is spoken. It begins while the phone still rings, so that nothing is missed when it is
 * answered.
 */
export function LiveAudio({ url, label, isConnected }: { url: string; label: string; isConnected: boolean }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [needsClick, setNeedsClick] = useState(false);
  const play = (): void => {
    audio.current?.play().then(
      () => setNeedsClick(false),
      (error: unknown) => setNeedsClick(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  };
  useEffect(play, [url, isConnected]);
  useEffect(
    () => () => {
      // A removed element goes on downloading until its source is taken away.
      audio.current?.removeAttribute('src');
      audio.current?.load();
    },
    [],
  );
  const catchUp = (): void => {
    const element = audio.current;
    if (!element || element.buffered.length === 0) return;
    const lag = element.buffered.end(element.buffered.length - 1) - element.currentTime;
    element.playbackRate = lag > lagLimit ? 1.15 : 1;
  };
  return (
    <div class="live-audio" hidden={!isConnected}>
      <audio ref={audio} src={url} aria-label={label} onTimeUpdate={catchUp} />
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
      {needsClick && (
        <button type="button" onClick={play}>
          Listen
        </button>
      )}
    </div>
  );
}
