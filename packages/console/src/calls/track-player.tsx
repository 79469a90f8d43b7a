import { useEffect, useRef, useState } from 'preact/hooks';
import { wordsOf } from '../live/control-api.ts';
import { duration } from '../format/time.ts';
import type { TrackMark } from './track-marks.ts';
import { readWaveform, type Waveform } from './wav-peaks.ts';

interface Loaded {
  readonly source: string;
  readonly waveform: Waveform;
}

const bins = 480;

/** A WAV file to listen to: its waveform, where one can click to go there, and what is said in it. */
export function TrackPlayer(props: {
  url: string;
  version: number | string;
  label: string;
  marks: readonly TrackMark[];
}) {
  const { url, version, label, marks } = props;
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<string>();
  const [playedMs, setPlayedMs] = useState(0);
  const audio = useRef<HTMLAudioElement>(null);

  useEffect(() => {
    const stopped = new AbortController();
    let source: string | undefined;
    const load = async (): Promise<void> => {
      const response = await fetch(url, { signal: stopped.signal, cache: 'no-store' });
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      const bytes = await response.arrayBuffer();
      const waveform = readWaveform(bytes, bins);
      source = URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
      setProblem(undefined);
      setLoaded({ source, waveform });
    };
    load().catch((error: unknown) => {
      if (!stopped.signal.aborted) setProblem(wordsOf(error));
    });
    return () => {
      stopped.abort();
      if (source !== undefined) URL.revokeObjectURL(source);
    };
  }, [url, version]);

  const seek = (ms: number): void => {
    if (!audio.current) return;
    audio.current.currentTime = ms / 1000;
    void audio.current.play();
  };

  if (problem !== undefined) return <p class="hint">The audio could not be read: {problem}</p>;
  if (!loaded) return <p class="hint">Reading the audio…</p>;
  if (loaded.waveform.durationMs === 0) return <p class="hint">Silent so far.</p>;
  const { waveform } = loaded;
  return (
    <div class={marks.length > 0 ? 'audio-track with-words' : 'audio-track'}>
      <div class="track-sound">
        <div class="waveform-box">
          {marks.map(({ atMs, durationMs }, index) => (
            <span
              key={index}
              class="word-band"
              aria-hidden="true"
              style={{
                left: `${share(atMs, waveform)}%`,
                width: `${Math.min(share(durationMs, waveform), 100 - share(atMs, waveform))}%`,
              }}
            />
          ))}
          <WaveformCanvas waveform={waveform} label={label} audio={audio} onSeek={seek} />
        </div>
        <audio
          ref={audio}
          controls
          src={loaded.source}
          aria-label={label}
          onTimeUpdate={({ currentTarget: { currentTime } }) => setPlayedMs(currentTime * 1000)}
        />
      </div>
      {marks.length > 0 && (
        <ol class="marks" aria-label={`Words of ${label}`} tabIndex={0}>
          {marks.map((mark, index) => (
            <li key={index} aria-current={isNow(mark, playedMs) ? 'true' : undefined}>
              <button type="button" class="quiet" onClick={() => seek(mark.atMs)}>
                <span class="mono soft">{(mark.atMs / 1000).toFixed(1)} s</span>{' '}
                {mark.who !== undefined && <b>{mark.who}: </b>}
                {mark.text} <span class="hint">{duration(mark.durationMs)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** A length, in percent of the track. */
function share(ms: number, { durationMs }: Waveform): number {
  return Math.min(100, (ms / durationMs) * 100);
}

function isNow({ atMs, durationMs }: TrackMark, playedMs: number): boolean {
  return playedMs > 0 && playedMs >= atMs && playedMs < atMs + durationMs;
}

interface WaveformCanvasProps {
  readonly waveform: Waveform;
  readonly label: string;
  readonly audio: { readonly current: HTMLAudioElement | null };
  readonly onSeek: (ms: number) => void;
}

function WaveformCanvas({ waveform, label, audio, onSeek }: WaveformCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const paint = (): void => draw(element, waveform, (audio.current?.currentTime ?? 0) * 1000);
    const observer = new ResizeObserver(paint);
    observer.observe(element);
    let frame = 0;
    const follow = (): void => {
      paint();
      if (audio.current && !audio.current.paused) frame = requestAnimationFrame(follow);
    };
    const player = audio.current;
    for (const name of ['play', 'seeked', 'pause', 'ended'] as const) player?.addEventListener(name, follow);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      for (const name of ['play', 'seeked', 'pause', 'ended'] as const) player?.removeEventListener(name, follow);
    };
  }, [waveform]);
  return (
    <canvas
      ref={canvas}
      class="waveform"
      role="img"
      aria-label={`Waveform: ${label}, ${duration(waveform.durationMs)}`}
      onClick={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        onSeek(((event.clientX - left) / width) * waveform.durationMs);
      }}
    />
  );
}

function draw(canvas: HTMLCanvasElement, { peaks, durationMs }: Waveform, atMs: number): void {
  const scale = devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * scale);
  const height = Math.round(canvas.clientHeight * scale);
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  const [played, ahead] = [style.getPropertyValue('color'), style.getPropertyValue('border-top-color')];
  context.clearRect(0, 0, width, height);
  const bar = width / peaks.length;
  const reached = durationMs === 0 ? 0 : atMs / durationMs;
  for (const [bin, peak] of peaks.entries()) {
    const tall = Math.max(scale, peak * height * 0.95);
    context.fillStyle = bin / peaks.length < reached ? played : ahead;
    context.fillRect(bin * bar, (height - tall) / 2, Math.max(1, bar * 0.7), tall);
  }
}
