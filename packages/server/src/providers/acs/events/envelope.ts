import type { ApiVersion } from '../protocol/api-versions.ts';
import { derivedUuid } from '../protocol/derived-ids.ts';
import { acsEventNames, dataForVersion, type AcsEventName } from './event-versions.ts';

/** The members of `data` that every event has. Encoders spread them where the recordings have them. */
export interface EventIdentity {
  readonly callConnectionId: string;
  readonly serverCallId: string;
  readonly correlationId: string;
}

/** What an encoder makes: an event's name and its `data`, in the recorded order of members. */
export interface AcsEvent {
  readonly name: AcsEventName;
  /** `undefined` members are left out. */
  readonly data: (common: CommonData) => Readonly<Record<string, unknown>>;
}

/** What encoders are given to place: `version` first or last, the rest together at the end. */
export interface CommonData {
  readonly version: ApiVersion;
  readonly ids: EventIdentity & { readonly publicEventType: string };
}

export interface EnvelopeContext {
  readonly apiVersion: ApiVersion;
  readonly identity: EventIdentity;
  /** Names the occasion, so that the event's id is the same whenever it is derived. */
  readonly occasion: readonly (string | number)[];
  /** Call-clock time of the event, milliseconds since the epoch. */
  readonly atMs: number;
}

/** A CloudEvent 1.0 as Call Automation posts it. */
export interface CloudEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly time: string;
  readonly specversion: '1.0';
  readonly datacontenttype: 'application/json';
  readonly subject: string;
}

/** What the events are called in their envelope. Made once: each callback that is kept has one. */
const eventTypes = Object.fromEntries(
  acsEventNames.map((name) => [name, `Microsoft.Communication.${name}`]),
) as Readonly<Record<AcsEventName, string>>;

/** Wraps an event in its CloudEvent, with the members that the connection's version knows. */
export function cloudEvent(event: AcsEvent, context: EnvelopeContext): CloudEvent {
  const { identity, apiVersion } = context;
  const type = eventTypes[event.name];
  const source = `calling/callConnections/${identity.callConnectionId}`;
  const { callConnectionId, serverCallId, correlationId } = identity;
  const ids = { callConnectionId, serverCallId, correlationId, publicEventType: type };
  const data = event.data({ version: apiVersion, ids });
  return {
    id: derivedUuid('event', identity.callConnectionId, event.name, ...context.occasion),
    source,
    type,
    data: dataForVersion(event.name, data, apiVersion),
    time: eventTime(context.atMs),
    specversion: '1.0',
    datacontenttype: 'application/json',
    subject: source,
  };
}

/** A time as the service writes it: `2025-03-05T08:58:24.6978448+00:00`, with seven fractional digits. */
export function eventTime(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '0000+00:00');
}
