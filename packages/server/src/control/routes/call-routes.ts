import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { wavFile } from '../../audio/audio-file.ts';
import { samplesIn } from '../../audio/pcm.ts';
import { renderPieces } from '../../audio/render-pieces.ts';
import { tooLongForWav } from '../../audio/wav.ts';
import { bounds } from '../../bounded/bounds.ts';
import type { Call, Leg } from '../../engine/call.ts';
import { byId } from '../../engine/keyed.ts';
import { choice, object, optional, type Static, string } from '../../json-schema/schema.ts';
import type { ControlParts } from '../control-parts.ts';
import { ControlError, found } from '../control-error.ts';
import { controlRoute } from '../control-route.ts';
import { heardInCall } from '../heard.ts';
import { legAudio, legOf } from '../leg-audio.ts';
import { recordingAudio, soundsIn } from '../recording-audio.ts';
import { streamLeg } from '../stream-leg.ts';
import { viewCallback } from '../views/callback-view.ts';
import { type CallSummary, summarizeCall, viewCall } from '../views/call-view.ts';
import { summarizeExchange } from '../views/exchange-view.ts';

const closed = { additionalProperties: false } as const;
const one = object({ id: string() }, closed);
const recordingParams = object({ id: string(), recording: string() }, closed);
const legParams = object({ id: string(), leg: string() }, closed);
const listQuery = object(
  {
    state: optional(choice(['ringing', 'connected', 'ended'])),
    provider: optional(string()),
    limit: optional(string({ pattern: '^([1-9][0-9]{0,2}|1000)$', description: '1 to 1000; 100.' })),
  },
  closed,
);

/** `GET calls`, `GET calls/{id}`, `GET calls/{id}/heard`, `GET calls/{id}/legs/{n}/heard.wav|spoken.wav|live.wav`, `GET calls/{id}/recordings/{id}/audio.wav`. */
export function callRoutes(scope: FastifyInstance, parts: ControlParts): void {
  const { switchboard, outbox, journal, clock, media, recordedSounds } = parts;
  const callOf = (id: string): Call => found(switchboard.call(id), `call ${id}`);
  const live = new Set<Readable>();
  scope.addHook('preClose', async () => {
    for (const stream of live) stream.destroy();
  });
  const findLeg = (id: string, leg: string): Leg => found(legOf(callOf(id), leg), `leg ${leg} of call ${id}`);

  controlRoute(scope, {
    method: 'GET',
    path: '/calls',
    query: listQuery,
    handle: ({ query }) => ({ calls: newest(switchboard.calls(), query) }),
  });
  controlRoute(scope, {
    method: 'GET',
    path: '/calls/:id',
    params: one,
    handle: ({ params: { id } }) =>
      viewCall(callOf(id), {
        events: switchboard.history(id),
        callbacks: outbox.list(({ call }) => call === id).map(viewCallback),
        exchanges: journal.list({ where: ({ call }) => call === id }).map(summarizeExchange),
      }),
  });
  controlRoute(scope, {
    method: 'GET',
    path: '/calls/:id/heard',
    params: one,
    handle: ({ params: { id } }) => ({ heard: heardInCall(callOf(id), parts) }),
  });
  for (const side of ['heard', 'spoken'] as const) {
    controlRoute(scope, {
      method: 'GET',
      path: `/calls/:id/legs/:leg/${side}.wav`,
      params: legParams,
      handle: ({ params }, _request, reply) => {
        const { entries, lengthMs } = legAudio(findLeg(params.id, params.leg), side, clock.now());
        return sendWav(reply, {
          frames: samplesIn(lengthMs),
          pieces: renderPieces(entries, [{ fromMs: 0, toMs: lengthMs }], media),
        });
      },
    });
  }
  controlRoute(scope, {
    method: 'GET',
    path: '/calls/:id/recordings/:recording/audio.wav',
    params: recordingParams,
    handle: ({ params }, _request, reply) => {
      const call = callOf(params.id);
      const recording = byId(call.recordings, params.recording);
      const what = `recording ${params.recording} of call ${params.id}`;
      const audio = recordingAudio(recordedSounds(call) ?? soundsIn(call), found(recording, what), clock.now(), media);
      return sendWav(reply, audio);
    },
  });
  controlRoute(scope, {
    method: 'GET',
    path: '/calls/:id/legs/:leg/live.wav',
    params: legParams,
    handle: ({ params }, _request, reply) => {
      const { id } = findLeg(params.id, params.leg);
      if (live.size >= bounds['live-listeners'].items) {
        throw new ControlError(503, 'live/too-many', 'as many listeners as there may be hear legs live already');
      }
      void reply.header('content-type', 'audio/wav').header('cache-control', 'no-store');
      const stream = streamLeg(parts, params.id, id);
      live.add(stream);
      stream.once('close', () => live.delete(stream));
      return reply.send(stream);
    },
  });
}

/** Sends a file that is made as fast as it is read. */
function sendWav(reply: FastifyReply, { frames, pieces }: ReturnType<typeof recordingAudio>): FastifyReply {
  const problem = tooLongForWav(frames);
  if (problem !== undefined) throw new ControlError(422, 'audio/too-long', problem);
  const { bytes, chunks } = wavFile([pieces], frames);
  void reply.header('content-type', 'audio/wav').header('cache-control', 'no-store').header('content-length', bytes);
  return reply.send(Readable.from(chunks, { objectMode: false }));
}

/** The newest calls that fit. Of the others, which may be many, no summary is made. */
function newest(calls: readonly Call[], query: Static<typeof listQuery>): CallSummary[] {
  const fitting: CallSummary[] = [];
  const limit = Number(query.limit ?? 100);
  for (const call of calls) {
    if (fitting.length === limit) break;
    if (query.provider !== undefined && query.provider !== call.provider) continue;
    const summary = summarizeCall(call);
    if ((query.state ?? summary.state) === summary.state) fitting.push(summary);
  }
  return fitting;
}
