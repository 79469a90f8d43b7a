import type { FastifyInstance } from 'fastify';
import { bounds } from '../../bounded/bounds.ts';
import { isUpgrade, webSockets } from '../../http/upgrades.ts';
import { choice, object, optional, string } from '../../json-schema/schema.ts';
import { PhoneLine } from '../../phones/phone-line.ts';
import type { ControlParts } from '../control-parts.ts';
import { ControlError } from '../control-error.ts';
import { controlRoute } from '../control-route.ts';
import { Microphone, microphoneLabel } from '../microphone.ts';
import { maxMicrophoneMessageBytes, MicrophoneSocket } from '../microphone-socket.ts';
import { phoneRefusal } from './phone-refusal.ts';

const closed = { additionalProperties: false } as const;
const params = object({ number: string({ minLength: 1, maxLength: 256 }) }, closed);
const query = object(
  {
    leg: optional(string({ description: 'Which of its calls, when it has several.' })),
    rate: optional(choice(['16000'], { description: 'Samples a second, for those who want to say so.' })),
  },
  closed,
);

/** `GET phones/{number}/microphone`, a WebSocket: what is sent is said by the phone's party. */
export function microphoneRoutes(scope: FastifyInstance, parts: ControlParts): void {
  const { phones, clock, switchboard, beginTrack } = parts;
  const open = new Set<MicrophoneSocket>();
  scope.addHook('preClose', async () => {
    for (const socket of open) socket.end('server-closes');
  });
  controlRoute(scope, {
    method: 'GET',
    path: '/phones/:number/microphone',
    params,
    query,
    handle: async ({ params: { number }, query: { leg } }, request, reply) => {
      if (!isUpgrade(request.raw)) {
        void reply.header('upgrade', 'websocket');
        throw new ControlError(
          426,
          'microphone/no-websocket',
          'a microphone is a WebSocket: open it with ws:// or wss://',
        );
      }
      const accept = await webSockets();
      if (open.size >= bounds.microphones.items) {
        throw new ControlError(503, 'microphone/too-many', 'as many microphones as there may be are open already');
      }
      const line = phones.connectedLine(number, leg);
      if (!(line instanceof PhoneLine)) throw phoneRefusal(line);
      accept(request, reply, {
        maxMessageBytes: maxMicrophoneMessageBytes,
        onOpen: (accepted) => {
          const track = beginTrack(microphoneLabel(line));
          const socket = new MicrophoneSocket(
            accepted,
            clock,
            (onEnded) => new Microphone({ line, clock, switchboard, track, onEnded }),
          );
          open.add(socket);
          accepted.once('close', () => open.delete(socket));
        },
      });
    },
  });
}
