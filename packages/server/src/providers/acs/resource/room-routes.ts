import type { FastifyInstance, FastifyRequest } from 'fastify';
import { boolean, choice, object, optional, record, type Static, string } from '../../../json-schema/schema.ts';
import type { AcsContext } from '../requests/context.ts';
import { newestApiVersion } from '../protocol/api-versions.ts';
import { authenticatorFor } from '../authentication/authenticate.ts';
import { bodyDecoder, mergePatchDecoder } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { type Room, roomRoles, Rooms } from './rooms.ts';
import { checkServiceVersion } from './service-version.ts';

/** The versions of the rooms API that are accepted. */
const versions = ['2023-06-14', '2024-04-15', '2025-03-13'];

/** For how long a room can be joined unless its creator says otherwise. */
const usualLifetimeMs = 180 * 24 * 60 * 60 * 1000;

const participants = record(string(), object({ role: optional(choice(roomRoles)) }));
const properties = {
  validFrom: optional(string()),
  validUntil: optional(string()),
  pstnDialOutEnabled: optional(boolean()),
};
const createBody = bodyDecoder(object({ ...properties, participants: optional(participants) }), 'validation-error');
const updateBody = bodyDecoder(object(properties), 'validation-error');
const participantsBody = mergePatchDecoder(
  object({ participants: optional(participants) }),
  'participants',
  'validation-error',
);

/**
 * Registers the rooms API: rooms are made, read, changed and deleted. Applications meet in one by its id
 * (`roomCallLocator`).
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/rooms
 */
export function registerRoomRoutes(http: FastifyInstance, acs: AcsContext): void {
  const authenticate = authenticatorFor('resource', acs);
  const rooms = new Rooms();
  acs.onReset(() => rooms.clear());
  const admit = async (request: FastifyRequest): Promise<string> => {
    const { resourceId } = await authenticate(request.message, request.exchange);
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
    const wish = createBody(request.message.body, newestApiVersion);
    const createdAt = acs.wallNow();
    const room: Room = {
      id: freshRoomId(acs.newId()),
      resourceId,
      createdAt,
      ...validity(wish, createdAt),
      pstnDialOutEnabled: wish.pstnDialOutEnabled ?? false,
      participants: participantsOf(wish.participants),
    };
    keep(room);
    return reply.code(201).send(roomModel(room));
  });
  http.get('/rooms', async (request) => ({ value: rooms.of(await admit(request)).map(roomModel) }));
  http.get('/rooms/:roomId', async (request) => roomModel(await find(request)));
  http.patch('/rooms/:roomId', async (request) => {
    const room = await find(request);
    const wish = updateBody(request.message.body, newestApiVersion);
    const { pstnDialOutEnabled = room.pstnDialOutEnabled } = wish;
    const changed: Room = { ...room, ...validity(wish, room.validFrom, room.validUntil), pstnDialOutEnabled };
    keep(changed);
    return roomModel(changed);
  });
  http.delete('/rooms/:roomId', async (request, reply) => {
    rooms.delete((await find(request)).id);
    return reply.code(204).send();
  });
  http.get('/rooms/:roomId/participants', async (request) => ({ value: (await find(request)).participants }));
  http.patch('/rooms/:roomId/participants', async (request) => {
    const room = await find(request);
    const { body, removed } = participantsBody(request.message.body, newestApiVersion);
    const given = participantsOf(body.participants);
    const staying = room.participants.filter(({ rawId }) => !removed.has(rawId));
    const byId = new Map([...staying, ...given].map((participant) => [participant.rawId, participant]));
    keep({ ...room, participants: [...byId.values()] });
    return {};
  });

  function keep(room: Room): void {
    if (rooms.set(room)) return;
    const message = 'The participants are more than this server keeps.';
    throw acsError('validation-error', { message, target: 'participants' });
  }
}

function participantsOf(wish: Static<typeof participants> = {}): Room['participants'] {
  return Object.entries(wish).map(([rawId, { role = 'Attendee' }]) => ({ rawId, role }));
}

/** When a room can be joined: as is wished, else from and until when it can already, else for the usual time. */
function validity(
  wish: { readonly validFrom?: string; readonly validUntil?: string },
  from: Date,
  until?: Date,
): Pick<Room, 'validFrom' | 'validUntil'> {
  const validFrom = dateOf(wish.validFrom, 'validFrom') ?? from;
  const validUntil = dateOf(wish.validUntil, 'validUntil') ?? until ?? new Date(validFrom.getTime() + usualLifetimeMs);
  if (validUntil > validFrom) return { validFrom, validUntil };
  throw acsError('validation-error', { message: 'validUntil must be after validFrom.', target: 'validUntil' });
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
