import type { FastifyInstance } from 'fastify';
import { choice, object, optional, string } from '../../json-schema/schema.ts';
import { plugOf } from '../../accounts.ts';
import { plugs } from '../../plugs.ts';
import type { ReadyEvent } from '../../providers/ready-event.ts';
import { proofOf, sendEvent } from '../../sending/send-event.ts';
import type { ControlParts } from '../control-parts.ts';
import { ControlError } from '../control-error.ts';
import { controlRoute } from '../control-route.ts';
import { viewSending, type ReadyEventView } from '../views/sending-view.ts';

/** How many are on their way at the same time. */
const mostAtOnce = 4;

const wanted = object(
  {
    to: string({ description: 'The endpoint: an http(s) URL on this machine or in a private network.' }),
    provider: choice(plugs.map(({ name }) => name)),
    event: string({ description: 'The name of a ready event.' }),
    account: optional(string({ description: 'Whose event it is. The first account of the provider.' })),
    body: optional(string({ maxLength: 1_000_000, description: 'In place of the event’s own.' })),
  },
  { additionalProperties: false },
);

/** `GET ready-events`, `GET ready-events/{provider}/{event}`, `POST sendings`. */
export function sendingRoutes(scope: FastifyInstance, { accounts, sending }: ControlParts): void {
  let underWay = 0;
  controlRoute(scope, {
    method: 'GET',
    path: '/ready-events',
    handle: async () => {
      const lists = await Promise.all(
        plugs.map(async ({ name: provider, events }) =>
          (await events()).map((event): ReadyEventView => {
            return { provider, name: event.name, when: event.when, proof: proofOf(event) };
          }),
        ),
      );
      return { events: lists.flat() };
    },
  });
  controlRoute(scope, {
    method: 'GET',
    path: '/ready-events/:provider/:event',
    params: object({ provider: string(), event: string() }, { additionalProperties: false }),
    handle: async ({ params }) => {
      const event = await readyEvent(params.provider, params.event);
      const account = accountOf(params.provider, undefined);
      return {
        body: event.body({ call: sending.newId(), at: sending.now(), account: plugOf(account).account.id(account) }),
      };
    },
  });
  controlRoute(scope, {
    method: 'POST',
    path: '/sendings',
    body: wanted,
    handle: async ({ body: { to, provider, event: name, account: id, body } }) => {
      const event = await readyEvent(provider, name);
      const account = accountOf(provider, id);
      if (underWay >= mostAtOnce)
        throw new ControlError(503, 'sending/busy', `${mostAtOnce} events are on their way; wait for one of them`);
      underWay += 1;
      try {
        const sent = await sendEvent({ to, event, account, body }, sending);
        if ('problem' in sent) throw new ControlError(400, 'sending/refused', sent.problem);
        return viewSending(sent);
      } finally {
        underWay -= 1;
      }
    },
  });

  function accountOf(provider: string, id: string | undefined): (typeof accounts)[number] {
    const own = accounts.filter((account) => account.provider === provider);
    const account = id === undefined ? own[0] : own.find((each) => plugOf(each).account.id(each) === id);
    if (account) return account;
    throw new ControlError(404, 'not-found', `this server has no account ${id ?? 'of this provider'}`);
  }
}

async function readyEvent(provider: string, name: string): Promise<ReadyEvent> {
  const plug = plugs.find((each) => each.name === provider);
  const event = (await plug?.events())?.find((each) => each.name === name);
  if (event) return event;
  throw new ControlError(404, 'not-found', `there is no event ${name} of ${provider}`);
}
