import type { Command } from '../../../engine/command.ts';
import { choice, object, optional } from '../../../json-schema/schema.ts';
import { note } from '../state/notes.ts';
import { SinchError } from '../protocol/errors.ts';
import { defineOperation } from '../requests/operation.ts';
import { bodyDecoder } from '../requests/request-body.ts';
import { musicOnHold } from '../svaml/fields.ts';
import { findParticipant } from './find-conference.ts';

const body = bodyDecoder(
  object({
    command: choice(['mute', 'unmute', 'onhold', 'resume']),
    moh: optional(musicOnHold),
  }),
);

/**
 * Mutes a participant or puts it on hold, and takes that back. `moh` may stand beside any command, as in the official
 * SDKs' own examples; only `onhold` plays it.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Conferences/#tag/Conferences/operation/Calling_ManageConferenceParticipant
 */
export const manageParticipant = defineOperation({
  operationId: 'Calling_ManageConferenceParticipant',
  method: 'PATCH',
  path: '/calling/v1/conferences/id/{conferenceId}/{callId}',
  body,
  handle: (request, parts) => {
    const { command, moh } = request.body;
    const { room, member } = findParticipant(request, parts);
    const { leg } = member;
    const commands: Readonly<Record<typeof command, Command>> = {
      mute: { type: 'mute', leg, muted: true },
      unmute: { type: 'mute', leg, muted: false },
      onhold: { type: 'hold', leg, held: true },
      resume: { type: 'hold', leg, held: false },
    };
    const done = parts.switchboard.dispatch(room.room, commands[command]);
    if (!done.ok) throw new SinchError(40400, `No participant '${member.callId}' in conference '${room.conferenceId}'`);
    if (moh !== undefined && command === 'onhold') {
      parts.switchboard.dispatch(room.room, note('sinch-hold-music', { leg, moh }));
    }
    return { status: 200, body: {} };
  },
});
