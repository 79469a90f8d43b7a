import { randomUUID } from 'node:crypto';
import type { Header } from '@countersign/core/message';
import type { EventToken, ReadyEvent } from '@countersign/server/ready-events';
import { badInput } from '../failure.ts';
import { documentedExamples } from './documented-examples.ts';

/** An event that can be sent by its name. */
export interface NamedEvent {
  /** `<provider>/<event>` or `<scheme>/example`. */
  readonly name: string;
  /** When its provider sends it, completing "when …"; of an example, where it is printed. */
  readonly about: string;
  /** What proves it: a scheme's id, a token's, or `none`. */
  readonly scheme: string;
  readonly method: string;
  readonly headers: readonly Header[];
  /** Makes the body, with ids of its own each time. */
  readonly body: (at: Date, account: string | undefined) => string;
}

/** Everything that can be sent by name, and the tokens that prove some of it. */
export interface EventCatalog {
  readonly events: readonly NamedEvent[];
  readonly tokens: readonly EventToken[];
}

/** The events of the local server, made by its own encoders, then the example of each scheme's documentation. */
export async function eventCatalog(): Promise<EventCatalog> {
  const { providerEvents } = await import('@countersign/server/ready-events');
  const [providers, examples] = await Promise.all([providerEvents(), documentedExamples()]);
  const ofProviders = providers.flatMap(({ provider, account, events }) =>
    events.map((event): NamedEvent => ({
      name: `${provider}/${event.name}`,
      about: event.when,
      scheme: schemeOf(event),
      method: 'POST',
      headers: event.headers,
      body: (at, other) => event.body({ call: randomUUID(), at, account: other ?? account }),
    })),
  );
  const ofSchemes = examples.map(({ scheme, provenance, method, headers, body }): NamedEvent => ({
    name: `${scheme}/example`,
    about: provenance,
    scheme,
    method,
    headers: headers.filter(([name]) => name.toLowerCase() !== 'host'),
    body: () => body,
  }));
  const tokens = providers.flatMap(({ token }) => (token ? [token] : []));
  return { events: [...ofProviders, ...ofSchemes], tokens };
}

function schemeOf({ proof }: ReadyEvent): string {
  return proof.by === 'scheme' ? proof.scheme : proof.by === 'token' ? proof.token : 'none';
}

/** The event of a name: in any case, and without what stands before the slash where only one has that name. */
export function eventByName({ events }: EventCatalog, given: string): NamedEvent {
  const wanted = given.toLowerCase();
  const exact = events.find(({ name }) => name.toLowerCase() === wanted);
  if (exact) return exact;
  const [only, second] = events.filter(({ name }) => name.toLowerCase().endsWith(`/${wanted}`));
  if (only && !second) return only;
  if (second)
    throw badInput('usage/event', `"${given}" is the name of several events; give the whole one: ${only?.name}`);
  throw badInput('usage/event', `there is no event "${given}"; countersign emit --list names those that there are`);
}
