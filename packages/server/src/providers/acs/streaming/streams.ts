import type { Call, LegId } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import { OutboundGuard } from '../../../outbound/outbound-guard.ts';
import type { AcsContext } from '../requests/context.ts';
import type { CallConnection } from '../state/connection.ts';
import { correlationIdOf, derivedUuid } from '../protocol/derived-ids.ts';
import { connectionAuthorization } from '../authentication/event-token.ts';
import { stateOf } from '../requests/find-call.ts';
import { rawIdOf } from '../protocol/identifiers.ts';
import { note, readNote, streamKey, type StreamRequest } from '../state/notes.ts';
import type { StreamKind, StreamStatus } from '../events/streaming-events.ts';
import type { MediaStreamingOptions } from '../schemas/call-options.ts';
import { eachFrame } from '../../kit/each-frame.ts';
import { audioFrames, audioMetadata, frameMs } from './audio-frames.ts';
import { InboundAudio, messageReceiver } from './inbound-audio.ts';
import { openStream, type StreamSocket } from './stream-socket.ts';
import { intermediateData, transcriptionData, transcriptionMetadata } from './transcript.ts';

const usualGuard = new OutboundGuard();

/** A stream that is open. */
interface OpenStream {
  readonly kind: StreamKind;
  readonly call: string;
  readonly connection: CallConnection;
  readonly startedAtMs: number;
  readonly socket: StreamSocket;
  /** What the application sends back, if it may. */
  readonly inbound: InboundAudio | undefined;
  stopFrames: () => void;
}

/**
 * The WebSockets to applications: the transcript of a call, and its audio. They are opened and closed as the call's
 * history says, and what becomes of them is noted in it.
 */
export class Streams {
  readonly #acs: AcsContext;
  readonly #open = new Map<string, OpenStream>();
  /** The same, by call. */
  readonly #ofCalls = new Map<string, Map<string, OpenStream>>();
  #closed = false;

  constructor(acs: AcsContext) {
    this.#acs = acs;
  }

  /** Closes every stream; one that is being opened is closed once it is open. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open.keys()].map((key) => this.#end(key)));
  }

  /** Opens, feeds and closes the streams of a call as its history says. */
  follow(event: CallEvent, call: Call): void {
    if (this.#closed) return;
    const request = readNote(event, 'stream-asked');
    if (request) this.#follow(request, call);
    const { connectionChange, connections } = stateOf(call.id, this.#acs);
    for (const id of connectionChange?.bySeq === event.seq ? connectionChange.connections : []) {
      const connection = byId(connections, id);
      if (connection?.connectedBySeq !== event.seq) continue;
      const { transcription, mediaStreaming } = connection;
      if (transcription?.startTranscription)
        this.#start({ stream: 'transcription', action: 'start', connection: id }, call);
      if (mediaStreaming?.startMediaStreaming) this.#start({ stream: 'media', action: 'start', connection: id }, call);
    }
    if (event.type === 'leg-said' && event.sound === undefined) this.#transcribe(event, call);
    if (event.type === 'tones-pressed') this.#sendTones(event.leg, event.tones, call);
    if (event.type === 'call-ended') {
      for (const key of this.#streamsOf(call).keys()) this.#await(this.#end(key), 'the end of a stream');
    }
  }

  #follow(request: StreamRequest, call: Call): void {
    const key = streamKey(request);
    switch (request.action) {
      case 'start':
        this.#start(request, call);
        return;
      case 'stop':
        this.#await(
          this.#end(key).then(() => this.#report(request, call, 'stopped')),
          'the end of a stream',
        );
        return;
      case 'update':
        this.#report(request, call, 'updated');
    }
  }

  #start(request: StreamRequest, call: Call): void {
    this.#await(this.#connect(request, call), `the start of a stream of call ${call.id}`);
  }

  async #connect(request: StreamRequest, call: Call): Promise<void> {
    const key = streamKey(request);
    const connection = byId(stateOf(call.id, this.#acs).connections, request.connection);
    const url = connection && addressOf(connection, request.stream);
    if (!connection || url === undefined) {
      this.#report(request, call, 'failed');
      return;
    }
    const { wallNow, newId } = this.#acs;
    try {
      const headers = {
        Authorization: await connectionAuthorization(call.account, wallNow(), newId()),
        'x-ms-call-connection-id': connection.id,
        'x-ms-call-correlation-id': correlationIdOf(connection.id),
      };
      const inbound = this.#inboundAudio(request, connection, call);
      const { stream: kind } = request;
      const receive = messageReceiver(inbound, (problem) =>
        this.#give(call.id, note('stream-message-ignored', { stream: kind, connection: connection.id, problem })),
      );
      const on = { message: receive, lost: () => this.#lost(key, request, call) };
      const socket = await openStream(url, headers, on, this.#acs.outbound ?? usualGuard);
      if (this.#closed || !this.#isLive(call.id)) {
        await socket.close();
        return;
      }
      const startedAtMs = this.#acs.clock.now();
      const stream: OpenStream = {
        kind: request.stream,
        call: call.id,
        connection,
        startedAtMs,
        socket,
        inbound,
        stopFrames: () => {},
      };
      this.#add(key, stream);
      socket.send(firstMessage(stream, request.locale));
      if (stream.kind === 'media') stream.stopFrames = this.#sendFrames(stream);
      this.#report(request, call, 'started');
    } catch (error) {
      const where = `${request.stream === 'media' ? 'Media streaming' : 'Transcription'} to ${url.replace(/[?#].*$/s, '')}`;
      const summary = `${where} could not begin: ${(error as Error).message}`;
      this.#give(call.id, { type: 'explain-refusal', code: 'stream/unreachable', summary });
      this.#report(request, call, 'failed');
    }
  }

  /** Where the audio goes that the application sends back, if the stream was made for that. */
  #inboundAudio(
    { stream, connection: id }: StreamRequest,
    { mediaStreaming }: CallConnection,
    call: Call,
  ): InboundAudio | undefined {
    const { clock, liveAudio, newId } = this.#acs;
    if (stream !== 'media' || !mediaStreaming?.enableBidirectional || !liveAudio) return undefined;
    const give = (command: Command): void => this.#give(call.id, command);
    const operation = inboundOperation(id);
    return new InboundAudio({
      operation,
      track: liveAudio.begin(newId(), operation),
      sampleRate: sampleRateOf(mediaStreaming),
      clock,
      give,
    });
  }

  /** Gives a command to a call that is not over. */
  #give(call: string, command: Command): void {
    if (this.#isLive(call)) this.#acs.switchboard.dispatch(call, command);
  }

  /** Sends the call's audio, frame by frame. */
  #sendFrames(stream: OpenStream): () => void {
    const { clock, media = () => undefined, switchboard } = this.#acs;
    const { id, mediaStreaming } = stream.connection;
    const wish = {
      channelType: mediaStreaming?.audioChannelType ?? 'mixed',
      sampleRate: sampleRateOf(mediaStreaming),
      without: inboundOperation(id),
    };
    return eachFrame(clock, frameMs, (_fromMs, toMs) => {
      const call = switchboard.call(stream.call);
      if (typeof call !== 'object') return;
      for (const frame of audioFrames(call, wish, toMs, media)) stream.socket.send(frame);
    });
  }

  #transcribe(event: Extract<CallEvent, { type: 'leg-said' }>, call: Call): void {
    const leg = byId(call.legs, event.leg);
    if (!leg) return;
    for (const [key, stream] of this.#streamsOf(call)) {
      if (stream.kind !== 'transcription') continue;
      const { startedAtMs, durationMs } = event.entry;
      const said = {
        text: event.text,
        startMs: startedAtMs - stream.startedAtMs,
        durationMs,
        rawId: rawIdOf(leg.party),
      };
      const { clock } = this.#acs;
      const sendAt = (atMs: number, message: () => unknown): void => {
        clock.after(startedAtMs + atMs - clock.now(), () => {
          if (this.#open.get(key) === stream) stream.socket.send(message());
        });
      };
      if (stream.connection.transcription?.enableIntermediateResults) {
        for (const { dueMs, message } of intermediateData(said)) sendAt(dueMs, message);
      }
      sendAt(durationMs, () => transcriptionData(said));
    }
  }

  #sendTones(leg: LegId, tones: string, call: Call): void {
    for (const stream of this.#streamsOf(call).values()) {
      if (!stream.connection.mediaStreaming?.enableDtmfTones) continue;
      if (stream.kind === 'media' && byId(call.legs, leg)) {
        for (const data of tones) stream.socket.send({ kind: 'DtmfData', dtmfData: { data } });
      }
    }
  }

  #lost(key: string, request: StreamRequest, call: Call): void {
    const stream = this.#open.get(key);
    stream?.stopFrames();
    stream?.inbound?.stop();
    if (this.#remove(key)) this.#report(request, call, 'lost');
  }

  async #end(key: string): Promise<void> {
    const stream = this.#open.get(key);
    if (!stream) return;
    this.#remove(key);
    stream.stopFrames();
    stream.inbound?.stop();
    await stream.socket.close();
  }

  /** Notes what became of a stream, unless the call is over: then nobody is told. */
  #report({ stream, connection, context, callbackUri }: StreamRequest, { id }: Call, status: StreamStatus): void {
    const asked = { ...(context !== undefined && { context }), ...(callbackUri !== undefined && { callbackUri }) };
    this.#give(id, note('stream-changed', { stream, connection, status, ...asked }));
  }

  #streamsOf({ id }: Call): ReadonlyMap<string, OpenStream> {
    return this.#ofCalls.get(id) ?? none;
  }

  #add(key: string, stream: OpenStream): void {
    this.#open.set(key, stream);
    this.#ofCalls.set(stream.call, (this.#ofCalls.get(stream.call) ?? new Map<string, OpenStream>()).set(key, stream));
  }

  #remove(key: string): boolean {
    const stream = this.#open.get(key);
    if (!stream) return false;
    const others = this.#ofCalls.get(stream.call);
    others?.delete(key);
    if (others?.size === 0) this.#ofCalls.delete(stream.call);
    return this.#open.delete(key);
  }

  #isLive(id: string): boolean {
    const call = this.#acs.switchboard.call(id);
    return typeof call === 'object' && call.endedAtMs === undefined;
  }

  #await(work: Promise<void>, description: string): void {
    void this.#acs.clock.awaiting(work, { description });
  }
}

const none: ReadonlyMap<string, OpenStream> = new Map();

function addressOf({ transcription, mediaStreaming }: CallConnection, stream: StreamKind): string | undefined {
  return stream === 'transcription' ? transcription?.transportUrl : mediaStreaming?.transportUrl;
}

/** How the timeline names the audio that a connection's application sends back. */
function inboundOperation(connection: string): string {
  return `media-stream ${connection}`;
}

function sampleRateOf(mediaStreaming: MediaStreamingOptions | undefined): number {
  return mediaStreaming?.audioFormat === 'pcm24KMono' ? 24_000 : 16_000;
}

function firstMessage({ kind, connection }: OpenStream, locale: string | undefined): Readonly<Record<string, unknown>> {
  if (kind === 'media') {
    return audioMetadata(derivedUuid('media-streaming', connection.id), sampleRateOf(connection.mediaStreaming));
  }
  return transcriptionMetadata({
    subscriptionId: derivedUuid('transcription', connection.id),
    locale: locale ?? connection.transcription?.locale ?? 'en-US',
    callConnectionId: connection.id,
    correlationId: correlationIdOf(connection.id),
  });
}
