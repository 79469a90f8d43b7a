import { Readable } from 'node:stream';
import { headerValue } from '@countersign/core/message';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { partOf, type StreamedFile } from '../../../audio/audio-file.ts';
import type { MediaLookup } from '../../../audio/timeline.ts';
import { BoundedSet } from '../../../bounded/bounded-set.ts';
import type { Call, Recording } from '../../../engine/call.ts';
import type { AcsContext } from '../requests/context.ts';
import { authenticatorFor } from '../authentication/authenticate.ts';
import { byteRange } from './byte-range.ts';
import { acsError } from '../protocol/errors.ts';
import { eventTime } from '../events/envelope.ts';
import { identifierModel, rawIdOf } from '../protocol/identifiers.ts';
import { fileFormat, mp3Kbps, recordedMs, recordingFile } from './recording-audio.ts';
import { readRecordingDetails, type RecordingDetails } from './recording-details.ts';
import { findRecording } from './recording-state.ts';
import { acsBounds } from '../protocol/bounds.ts';

/**
 * Where recordings can be had: at the server, under the name that is to be used for them.
 *
 * @param host in place of the server's own, which is always reached by its port
 */
export function recordingUrl(serverUrl: string, host: string | undefined): string {
  const url = new URL(serverUrl);
  if (host !== undefined) url.hostname = host;
  return url.origin;
}

/**
 * Where a recording's file, and what is said about it, can be had.
 *
 * @param baseUrl as `recordingUrl` makes it
 */
export function recordingLocations(
  baseUrl: string,
  recordingId: string,
): { readonly contentLocation: string; readonly metadataLocation: string; readonly deleteLocation: string } {
  const at = new URL(`/calling/recordings/${recordingId}`, baseUrl).href;
  return { contentLocation: `${at}/content`, metadataLocation: `${at}/metadata`, deleteLocation: `${at}/content` };
}

/**
 * Registers the download of recordings: signed requests without an `api-version`, as SDKs send them to the addresses that
 * `RecordingFileStatusUpdated` names. A recording is there once it was stopped, until it is deleted.
 */
export function registerRecordingFiles(http: FastifyInstance, acs: AcsContext): void {
  const authenticate = authenticatorFor('calling', acs);
  const deleted = new BoundedSet(acsBounds['deleted-recordings']);
  const find = async (request: FastifyRequest): Promise<FoundFile> => {
    const account = await authenticate(request.message, request.exchange);
    const params = request.params as Readonly<Record<string, string>>;
    const { call, recording } = findRecording({ account, params }, acs);
    const details = readRecordingDetails(recording);
    request.exchange.call(call.id);
    if (!details || recording.state !== 'stopped' || deleted.has(recording.id)) throw acsError('recording-not-found');
    return { call, recording, details };
  };
  http.get('/calling/recordings/:recordingId/content', async (request, reply) => {
    const { call, recording, details } = await find(request);
    const file = await recordingFile(call, recording, details, acs.clock.now(), {
      media: acs.media ?? nothing,
      ...(acs.encodeMp3 && { encodeMp3: acs.encodeMp3 }),
    });
    void reply.header('Content-Type', fileFormat(details) === 'mp3' ? 'audio/mpeg' : 'audio/wav');
    return sendRange(request, reply, file);
  });
  http.get('/calling/recordings/:recordingId/metadata', async (request) => metadata(await find(request), acs));
  http.delete('/calling/recordings/:recordingId/content', async (request, reply) => {
    const { recording } = await find(request);
    deleted.add(recording.id);
    return reply.code(200).send();
  });
}

/** A server that keeps no audio records silence. */
const nothing: MediaLookup = () => undefined;

interface FoundFile {
  readonly call: Call;
  readonly recording: Recording;
  readonly details: RecordingDetails;
}

/** The whole file, or the one range that the request asks for. */
function sendRange(request: FastifyRequest, reply: FastifyReply, file: Uint8Array | StreamedFile): FastifyReply {
  const length = file instanceof Uint8Array ? file.length : file.bytes;
  void reply.header('Accept-Ranges', 'bytes');
  const range = byteRange(headerValue(request.message.headers, 'range'), length);
  if (range === undefined) return sendPart(reply, file, 0, length);
  if (range === 'unsatisfiable') return reply.code(416).header('Content-Range', `bytes */${length}`).send();
  const { from, to } = range;
  void reply.code(206).header('Content-Range', `bytes ${from}-${to}/${length}`);
  return sendPart(reply, file, from, to + 1);
}

function sendPart(reply: FastifyReply, file: Uint8Array | StreamedFile, from: number, end: number): FastifyReply {
  if (file instanceof Uint8Array) return reply.send(Buffer.from(file.buffer, file.byteOffset + from, end - from));
  void reply.header('Content-Length', end - from);
  return reply.send(Readable.from(partOf(file, from, end), { objectMode: false }));
}

function metadata({ call, recording, details }: FoundFile, acs: AcsContext): Readonly<Record<string, unknown>> {
  const legs = call.legs;
  return {
    resourceId: call.account,
    callId: call.id,
    chunkDocumentId: recording.id,
    chunkIndex: 0,
    chunkStartTime: eventTime(details.startedAtMs),
    chunkDuration: recordedMs(recording, acs.clock.now()),
    recordingInfo: {
      contentType: details.contentType,
      channelType: details.channelType,
      format: fileFormat(details),
      audioConfiguration: {
        sampleRate: 16_000,
        bitRate: fileFormat(details) === 'mp3' ? mp3Kbps * 1000 : 256_000,
        channels: details.channelType === 'mixed' ? 1 : legs.length + 1,
      },
    },
    participants: legs.map((leg) => ({ participantId: identifierModel(rawIdOf(leg.party)).rawId })),
  };
}
