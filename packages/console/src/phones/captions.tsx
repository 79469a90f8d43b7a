import type { CallView } from '@countersign/server/control/views/call-view';
import { controlUrl } from '../live/control-api.ts';
import { useRemote } from '../live/remote.ts';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Caption {
  readonly atMs: number;
  readonly from: 'heard' | 'said' | 'pressed';
  readonly text: string;
}

/** What was said on a line so far, by either side, for those who read rather than listen. */
export function Captions({ call, leg, isSpoken }: { call: string; leg: string; isSpoken: boolean }) {
  const { value } = useRemote<CallView>(
    controlUrl('calls', call),
    (fact) =>
      fact.type === 'call' &&
      fact.event.call === call &&
      /^(?:play|leg|tones)-|^(?:audio-streamed|streamed-audio-cut)$/.test(fact.event.type),
  );
  const captions = value ? captionsOf(value, leg) : [];
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => list.current?.scrollTo({ top: list.current.scrollHeight }), [captions.length]);
  return (
    <ol ref={list} class="captions" aria-label="What was said" aria-live={isSpoken ? 'polite' : 'off'} tabIndex={0}>
      {captions.map(({ atMs, from, text }, index) => (
        <li key={`${atMs}-${index}`} class={`caption-${from}`}>
          <span class="visually-hidden">
            {from === 'heard' ? 'You hear: ' : from === 'said' ? 'You say: ' : 'You press: '}
          </span>
          {text}
        </li>
      ))}
    </ol>
  );
}

function captionsOf(call: CallView, legId: string): Caption[] {
  const number = call.legs.find(({ id }) => id === legId)?.number;
  const audio = call.audio.find((track) => track.leg === number);
  const spoken = (entries: CallView['audio'][number]['heard'], from: 'heard' | 'said'): Caption[] =>
    entries.map(({ startedAtMs, text, live }) => ({
      atMs: startedAtMs,
      from,
      text: text ?? (!live ? '(audio)' : from === 'said' ? '(your voice)' : '(live audio)'),
    }));
  const pressed = call.events.flatMap((event): Caption[] =>
    event.type === 'tones-pressed' && event.leg === legId
      ? [{ atMs: event.atMs, from: 'pressed', text: event.tones }]
      : [],
  );
  return [...spoken(audio?.heard ?? [], 'heard'), ...spoken(audio?.spoken ?? [], 'said'), ...pressed].toSorted(
    (a, b) => a.atMs - b.atMs,
  );
}
