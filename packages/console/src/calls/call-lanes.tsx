import type { CallView } from '@countersign/server/control/views/call-view';
import { addressOf, type Leg } from '../format/party.ts';
import { duration } from '../format/time.ts';

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: string;
  readonly text?: string | undefined;
}

interface Lane {
  readonly name: string;
  readonly rows: readonly (readonly Span[])[];
}

/** The call at a glance: one lane a leg with what it heard and said, one for recordings, one for callbacks. */
export function CallLanes({ call, nowMs, isReal }: { call: CallView; nowMs: number; isReal: boolean }) {
  const fromMs = call.openedAtMs;
  const toMs = Math.max(call.endedAtMs ?? nowMs, fromMs + 1000);
  const lanes = lanesOf(call, toMs, isReal);
  const place = (ms: number): string => `${Math.max(0, Math.min(100, ((ms - fromMs) / (toMs - fromMs)) * 100))}%`;
  return (
    <div
      class="lanes"
      role="img"
      aria-label={`The call at a glance, ${duration(toMs - fromMs)} long. The timeline below says the same in words.`}
    >
      {lanes.map((lane) => (
        <div class="lane" key={lane.name}>
          <span class="lane-name">{lane.name}</span>
          <span class="lane-track">
            {lane.rows.map((spans, row) => (
              <span class="lane-row" key={row}>
                {spans.map((span, index) => (
                  <span
                    key={index}
                    class={`span span-${span.kind}`}
                    title={span.text}
                    style={{ left: place(span.fromMs), right: `calc(100% - ${place(span.toMs)})` }}
                  >
                    {span.text}
                  </span>
                ))}
              </span>
            ))}
          </span>
        </div>
      ))}
      <div class="lane lane-scale">
        <span class="lane-name" />
        <span class="lane-track">
          <span>0</span>
          <span>{duration(toMs - fromMs)}</span>
        </span>
      </div>
    </div>
  );
}

function lanesOf(call: CallView, toMs: number, isReal: boolean): Lane[] {
  const lanes: Lane[] = call.legs.map((leg) => ({ name: addressOf(leg), rows: rowsOf(leg, call, toMs) }));
  if (call.recordings.length > 0) {
    const spans = call.recordings.flatMap(({ stretches }) =>
      stretches.map((stretch) => ({
        fromMs: stretch.fromMs,
        toMs: stretch.toMs ?? toMs,
        kind: 'recording',
        text: 'recording',
      })),
    );
    lanes.push({ name: 'Recording', rows: [spans] });
  }
  // Callbacks are stamped by the wall clock, which a virtual call clock knows nothing of.
  if (isReal && call.callbacks.length > 0) {
    const spans = call.callbacks.map(({ queuedAtMs, state, event }) => ({
      fromMs: queuedAtMs,
      toMs: queuedAtMs,
      kind: `callback-${state}`,
      text: event.split('.').at(-1),
    }));
    lanes.push({ name: 'Callbacks', rows: [spans] });
  }
  return lanes;
}

/** How much of a lane the mark of a key takes, on the narrowest screen. */
const keyWidth = 0.06;

/** The keys that a leg pressed; those that would stand on one another are one mark. */
function keySpans(leg: Leg, call: CallView, apartMs: number): Span[] {
  const spans: Span[] = [];
  for (const event of call.events) {
    if (event.type !== 'tones-pressed' || event.leg !== leg.id) continue;
    const { atMs, tones } = event;
    const last = spans.at(-1);
    if (last && atMs - last.toMs < apartMs) {
      spans[spans.length - 1] = { ...last, toMs: atMs, text: `${last.text ?? ''}${tones}` };
    } else {
      spans.push({ fromMs: atMs, toMs: atMs, kind: 'keys', text: tones });
    }
  }
  return spans;
}

function rowsOf(leg: Leg, call: CallView, toMs: number): Span[][] {
  const endMs = leg.endedAtMs ?? toMs;
  const states: Span[] = [
    { fromMs: leg.invitedAtMs, toMs: leg.answeredAtMs ?? endMs, kind: 'ringing', text: 'ringing' },
  ];
  if (leg.answeredAtMs !== undefined) {
    states.push({ fromMs: leg.answeredAtMs, toMs: endMs, kind: 'connected', text: 'connected' });
  }
  const audio = call.audio.find((track) => track.leg === leg.number);
  const spansOf = (entries: NonNullable<typeof audio>['heard'], kind: string): Span[] =>
    entries.map(({ startedAtMs, durationMs, stoppedAtMs, live, text }) => ({
      fromMs: startedAtMs,
      toMs: Math.min(stoppedAtMs ?? (live ? endMs : startedAtMs + durationMs), endMs),
      kind,
      text: text ?? (kind === 'heard' ? 'hears' : 'says'),
    }));
  const keys = keySpans(leg, call, (toMs - call.openedAtMs) * keyWidth);
  return [states, spansOf(audio?.heard ?? [], 'heard'), [...spansOf(audio?.spoken ?? [], 'spoken'), ...keys]];
}
