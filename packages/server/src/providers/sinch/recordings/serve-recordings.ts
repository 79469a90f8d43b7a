import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { byId } from '../../../engine/keyed.ts';
import type { Switchboard } from '../../../contract/switchboard.ts';
import { SinchError } from '../protocol/errors.ts';
import { type RenderParts, renderRecording } from './render-recording.ts';
import { contentTypes, recordingsPath, type RecordingExtension } from '../state/recording-file.ts';

/**
 * Serves recordings that have been stopped, rendered when somebody asks. Like a bucket with public links, it asks for no
 * signature: whoever has the link has the file.
 */
export function serveRecordings(
  http: FastifyInstance,
  { switchboard, ...parts }: RenderParts & { readonly switchboard: Switchboard },
): void {
  http.get<{ Params: { call: string; file: string } }>(
    `${recordingsPath}/:call/:file`,
    async ({ params, exchange }, reply) => {
      const { name, extension } = splitName(params.file);
      const call = switchboard.call(params.call);
      if (call === 'gone') {
        return reply.code(410).send({ errorCode: 41000, message: 'The call of this recording is no longer kept' });
      }
      const recording = call && byId(call.recordings, name);
      if (!call || call.provider !== 'sinch' || !extension || recording?.state !== 'stopped') {
        throw new SinchError(40400, 'Recording not found');
      }
      exchange.call(call.id);
      const file = await renderRecording(extension, call, recording, { switchboard, ...parts });
      void reply.header('content-type', contentTypes[extension]);
      if (file instanceof Uint8Array) return reply.send(Buffer.from(file.buffer));
      void reply.header('content-length', file.bytes);
      return reply.send(Readable.from(file.chunks, { objectMode: false }));
    },
  );
}

function splitName(file: string): { readonly name: string; readonly extension: RecordingExtension | undefined } {
  const dot = file.lastIndexOf('.');
  const extension = file.slice(dot + 1);
  const known = extension === 'mp3' || extension === 'wav' || extension === 'txt' ? extension : undefined;
  return { name: file.slice(0, dot), extension: known };
}
