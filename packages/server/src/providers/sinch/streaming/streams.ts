import type { LiveAudio } from '../../../audio/live-audio.ts';
import type { MediaLookup } from '../../../audio/timeline.ts';
import { ByteBudget } from '../../../bounded/byte-budget.ts';
import type { Call, CallId, LegId } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { OutboundGuard } from '../../../outbound/outbound-guard.ts';
import type { CallClock } from '../../../contract/clock.ts';
import type { Switchboard } from '../../../contract/switchboard.ts';
import type { SinchState } from '../state/state.ts';
import { LegVoice } from './leg-voice.ts';
import type { StreamConnection } from './stream-connection.ts';
import { streamRefusal } from './stream-refusal.ts';
import { defaultSampleRateHz } from './stream-protocol.ts';
import { sinchBounds } from '../protocol/bounds.ts';

/** What streams work with. */
export interface StreamsParts {
  readonly switchboard: Switchboard;
  readonly clock: CallClock;
  /** Says which hosts are not connected to. */
  readonly guard: OutboundGuard;
  readonly media: MediaLookup;
  readonly newId: () => string;
  readonly liveAudio: LiveAudio;
}

interface Stream {
  /** Absent until WebSockets are loaded. */
  connection?: StreamConnection;
  voice?: LegVoice;
  /** The call that the leg is in: a conference's room after it has moved there. */
  call: CallId;
}

/** The WebSockets at the ends of `connectStream` legs. */
export class Streams {
  readonly #parts: StreamsParts;
  readonly #streams = new Map<LegId, Stream>();
  /** For what waits to sound in all of them. */
  readonly #room = new ByteBudget(sinchBounds['stream-audio']);

  constructor(parts: StreamsParts) {
    this.#parts = parts;
  }

  /** Follows a call's legs: one to a stream is connected, one that has ended is closed. */
  follow(event: CallEvent, call: Call): void {
    switch (event.type) {
      case 'leg-invited':
        if (event.party.kind === 'stream') this.#begin(event.leg, event.party.url, call);
        return;
      case 'leg-moved-in': {
        const stream = this.#streams.get(event.leg.id);
        if (!stream) return;
        stream.call = event.call;
        stream.voice?.moved();
        return;
      }
      case 'leg-ended':
        this.#streams.get(event.leg)?.connection?.close();
        this.#streams.get(event.leg)?.voice?.end();
        this.#streams.delete(event.leg);
        return;
      default:
    }
  }

  /** Ends every connection at once. */
  close(): void {
    for (const { connection } of this.#streams.values()) connection?.terminate();
    this.#streams.clear();
  }

  #begin(leg: LegId, url: string, call: Call): void {
    const { switchboard, clock } = this.#parts;
    // An address that no WebSocket can have: with a fragment, say.
    const connecting = this.#connect(leg, url, call).catch((error: unknown) => {
      switchboard.dispatch(call.id, streamRefusal(url, error instanceof Error ? error.message : String(error)));
      switchboard.dispatch(call.id, { type: 'end-leg', leg, cause: 'unreachable' });
    });
    void clock.awaiting(connecting, { description: `the stream server at ${url}` });
  }

  async #connect(leg: LegId, url: string, { id: callId }: Call): Promise<void> {
    const { switchboard, clock, guard, media, newId, liveAudio } = this.#parts;
    const state = switchboard.providerState<SinchState>(callId);
    if (state?.kind !== 'call') return;
    const stream: Stream = { call: callId };
    this.#streams.set(leg, stream);
    // Loaded with the first stream: with WebSockets, a start would take twenty milliseconds longer.
    const loaded = await import('./stream-connection.ts');
    if (this.#streams.get(leg) !== stream) return;
    const where = (): CallId => this.#streams.get(leg)?.call ?? callId;
    const give = (command: (leg: LegId) => Command): void => void switchboard.dispatch(where(), command(leg));
    stream.voice = new LegVoice({ clock, give, beginTrack: () => liveAudio.begin(newId(), `stream ${url}`) });
    stream.connection = new loaded.StreamConnection({
      url,
      clock,
      guard,
      media,
      voice: stream.voice,
      room: this.#room,
      call: {
        callId,
        applicationKey: state.applicationKey,
        sampleRateHz: state.connection?.sampleRateHz ?? defaultSampleRateHz,
        callHeaders: state.connection?.callHeaders ?? [],
      },
      leg: () => {
        const call = switchboard.call(where());
        return typeof call === 'object' ? byId(call.legs, leg) : undefined;
      },
      give,
    });
  }
}
