import type { FastifyInstance, FastifyRequest } from 'fastify';
import { boolean, choice, object, optional, record, string } from '../../../json-schema/schema.ts';
import type { AcsContext } from '../acs-context.ts';
import { newestApiVersion } from '../api-versions.ts';
import { authenticate } from '../authenticate.ts';
import { bodyDecoder } from '../decode-body.ts';
import { acsError } from '../errors.ts';
import { type Room, roomRoles, Rooms } from './rooms.ts';
import { checkServiceVersion } from './service-version.ts';

/** The versions of the rooms API that are accepted. */
const versions = ['2023-06-14', '2024-04-15', '2025-03-13'];

/** For how long a room can be joined unless its creator says otherwise. */
const usualLifetimeMs = 180 * 24 * 60 * 60 * 1000;

const body = bodyDecoder(
  object({
    validFrom: optional(string()),
    validUntil: optional(string()),
    pstnDialOutEnabled: optional(boolean()),
    participants: optional(record(string(), object({ role: optional(choice(roomRoles)) }))),
  }),
  'validation-error',
);

/**
 * Registers the rooms API: rooms are made, read and deleted. Applications meet in one by its id (`roomCallLocator`).
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/rooms
 */
export function registerRoomRoutes(http: FastifyInstance, acs: AcsContext): void {
  const rooms = new Rooms();
  acs.onReset(() => rooms.clear());
  const admit = async (request: FastifyRequest): Promise<string> => {
    const { resourceId } = await authenticate(request.message, request.exchange, 'resource', acs);
    checkServiceVersion(request.message, versions);
    return resourceId;
  };
  const find = async (request: FastifyRequest): Promise<Room> => {
    const resourceId = await admit(request);
    const { roomId = '' } = request.params as { roomId?: string };
    const room = rooms.find(resourceId, roomId);
    if (!room) throw acsError('room-not-found');
    return room;
  };

  http.post('/rooms', async (request, reply) => {
    const resourceId = await admit(request);
    const wish = body(request.message.body, newestApiVersion);
    const createdAt = acs.wallNow();
    const validFrom = dateOf(wish.validFrom, 'validFrom') ?? createdAt;
    const validUntil = dateOf(wish.validUntil, 'validUntil') ?? new Date(validFrom.getTime() + usualLifetimeMs);
    if (validUntil <= validFrom) {
      throw acsError('validation-error', { message: 'validUntil must be after validFrom.', target: 'validUntil' });
    }
    const room: Room = {
      id: freshRoomId(acs.newId()),
      resourceId,
      createdAt,
      validFrom,
      validUntil,
      pstnDialOutEnabled: wish.pstnDialOutEnabled ?? false,
      participants: Object.entries(wish.participants ?? {}).map(([rawId, { role = 'Attendee' }]) => ({ rawId, role })),
    };
    rooms.add(room);
    return reply.code(201).send(roomModel(room));
  });
  http.get('/rooms', async (request) => ({ value: rooms.of(await admit(request)).map(roomModel) }));
  http.get('/rooms/:roomId', async (request) => roomModel(await find(request)));
  http.delete('/rooms/:roomId', async (request, reply) => {
    rooms.delete((await find(request)).id);
    return reply.code(204).send();
  });
  http.get('/rooms/:roomId/participants', async (request) => ({ value: (await find(request)).participants }));
}

function dateOf(text: string | undefined, target: string): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (Number.isFinite(date.getTime())) return date;
  throw acsError('validation-error', { message: `The ${target} field is not a date and time.`, target });
}

/** Seventeen digits, as the service's ids have. */
function freshRoomId(uuid: string): string {
  const number = BigInt(`0x${uuid.replaceAll('-', '')}`) % 10n ** 15n;
  return `99${String(number).padStart(15, '0')}`;
}

function roomModel({
  id,
  createdAt,
  validFrom,
  validUntil,
  pstnDialOutEnabled,
}: Room): Readonly<Record<string, unknown>> {
  return { id, createdAt, validFrom, validUntil, pstnDialOutEnabled };
}
