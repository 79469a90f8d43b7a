import { developmentAccount } from '@countersign/core/development-account';
import type { CallbackDraft } from '../../../contract/callback-draft.ts';
import type { Call } from '../../../engine/call.ts';
import type { CallEvent, CallFact } from '../../../engine/event.ts';
import { evolve } from '../../../engine/evolve.ts';
import type { EventProof, ReadyEvent, ReadyOccasion } from '../../ready-event.ts';
import { initialState } from '../state/call-state.ts';
import { derivedUuid } from '../protocol/derived-ids.ts';
import { evolveState } from '../state/evolve.ts';
import { notification, type GridEvent, type GridEventType, validationRequest } from '../event-grid/grid-event.ts';
import { subscriptionsOf, type GridSubscription } from '../event-grid/grid-subscription.ts';
import { newestApiVersion } from '../protocol/api-versions.ts';
import { atEvent } from '../../kit/event-table.ts';
import { acsAccount } from '../accounts/account.ts';
import { Endpoints } from '../event-grid/endpoints.ts';
import { EventGrid } from '../event-grid/event-grid.ts';
import { reactions } from '../reactions/reactions.ts';
import type { ReactionParts } from '../reactions/step.ts';
import type { RecordingDetails } from '../recordings/recording-details.ts';
import { smsDeliveryReport, smsReceived } from '../resource/text-messages.ts';

type TextMessage = Parameters<typeof smsReceived>[0];

const caller = '+12065550111';
const called = developmentAccount.acs.number;
/** How long ago everything before the last event was, in milliseconds. */
const callLengthMs = 42_000;

/** What happens in the call that the events tell of, the last of it last. */
const history = [
  'call-opened',
  'leg-invited',
  'leg-answered',
  'user-invited',
  'user-answered',
  'recording-started',
  'recording-stopped',
  'user-ended',
  'call-ended',
] as const;

/** When Event Grid sends each, and the moment in that history. */
const ofCalls: readonly {
  readonly type: GridEventType;
  readonly when: string;
  readonly at: (typeof history)[number];
}[] = [
  { type: 'Microsoft.Communication.IncomingCall', when: 'somebody calls the account', at: 'leg-invited' },
  { type: 'Microsoft.Communication.CallStarted', when: 'a call begins', at: 'leg-answered' },
  { type: 'Microsoft.Communication.CallParticipantAdded', when: 'a user joins a call', at: 'user-answered' },
  { type: 'Microsoft.Communication.CallParticipantRemoved', when: 'a user leaves a call', at: 'user-ended' },
  { type: 'Microsoft.Communication.CallEnded', when: 'a call is over', at: 'call-ended' },
  {
    type: 'Microsoft.Communication.RecordingFileStatusUpdated',
    when: "a recording's file can be had",
    at: 'recording-stopped',
  },
];

const ofTexts: readonly {
  readonly name: string;
  readonly when: string;
  readonly make: (message: TextMessage) => GridEvent;
}[] = [
  { name: 'SMSReceived', when: 'somebody texts a number of the account', make: smsReceived },
  {
    name: 'SMSDeliveryReportReceived',
    when: 'a text message has reached its phone',
    make: (message) =>
      smsDeliveryReport({ ...message, from: message.to, to: message.from, tag: undefined, isDelivered: true }),
  },
];

/** The events of Event Grid, which proves none of them: an endpoint knows them by its own address. */
export const gridReadyEvents: readonly ReadyEvent[] = [
  readyEvent('SubscriptionValidation', 'an endpoint is asked whether it wants events', (occasion) =>
    validationRequest(
      subscriptionFor(occasion),
      { id: idOf('validation', occasion), code: idOf('validation code', occasion) },
      { atMs: occasion.at.getTime() },
      () => {},
    ),
  ),
  ...ofCalls.map(({ type, when, at }) =>
    readyEvent(nameOf(type), when, (occasion) => inEnvelope(eventOfCall(type, at, occasion), occasion)),
  ),
  ...ofTexts.map(({ name, when, make }) =>
    readyEvent(name, when, (occasion) => inEnvelope(make(messageAt(occasion)), occasion)),
  ),
];

function readyEvent(name: string, when: string, draft: (occasion: ReadyOccasion) => CallbackDraft): ReadyEvent {
  const proof: EventProof = { by: 'nothing', why: 'Event Grid proves nothing: its subscription names the address' };
  const { headers } = draft({ call: '', at: new Date(0), account: '' });
  return { name, when, proof, headers, body: (occasion) => draft(occasion).body };
}

function nameOf(type: GridEventType): string {
  return type.replace('Microsoft.Communication.', '');
}

function idOf(what: string, { call }: ReadyOccasion): string {
  return derivedUuid('ready-event', what, call);
}

function inEnvelope(event: GridEvent, occasion: ReadyOccasion): CallbackDraft {
  return notification(subscriptionFor(occasion), event, { atMs: occasion.at.getTime() });
}

function subscriptionFor({ account: resourceId }: ReadyOccasion): GridSubscription {
  const [subscription] = subscriptionsOf({
    resourceId,
    eventGridSubscriptions: [{ endpoint: developmentAccount.url }],
  });
  if (!subscription) throw new Error('an account with a subscription has none');
  return subscription;
}

function messageAt(occasion: ReadyOccasion): TextMessage {
  return {
    id: idOf('message', occasion),
    from: caller,
    to: called,
    text: 'Hello world',
    atMs: occasion.at.getTime(),
  };
}

/** The event that follows from that moment of a call which is folded up to it. */
function eventOfCall(type: GridEventType, moment: (typeof history)[number], occasion: ReadyOccasion): GridEvent {
  const id = idOf('call', occasion);
  const upToIt = history.slice(0, history.indexOf(moment) + 1);
  let call: Call | undefined;
  let state = initialState;
  let last: CallEvent | undefined;
  for (const [index, step] of upToIt.entries()) {
    const atMs = occasion.at.getTime() - (step === moment ? 0 : callLengthMs);
    last = { call: id, seq: index + 1, atMs, ...factOf(step, id, occasion, atMs) };
    call = evolve(call, last);
    state = evolveState(state, last, call);
  }
  if (!call || !last) throw new Error(`a call has no moment ${moment}`);
  const steps = atEvent(reactions, last, state, call, partsFor(occasion));
  const event = steps.flatMap(({ notices = [] }) => notices).find((candidate) => candidate.type === type);
  if (!event) throw new Error(`${moment} of a call makes no ${type}`);
  return event;
}

function partsFor({ account: resourceId }: ReadyOccasion): ReactionParts {
  const accounts = [{ ...acsAccount.development(), resourceId }];
  const nobody = (): void => {};
  const eventGrid = new EventGrid(accounts, nobody, nobody);
  return { eventGrid, endpoints: new Endpoints(accounts, eventGrid), recordingUrl: () => developmentAccount.url };
}

function factOf(step: (typeof history)[number], id: string, occasion: ReadyOccasion, atMs: number): CallFact {
  const [phone, user, recording] = [`${id}.caller`, `${id}.user`, idOf('recording', occasion)];
  switch (step) {
    case 'call-opened':
      return { type: 'call-opened', provider: 'acs', account: occasion.account, details: {} };
    case 'leg-invited':
      return {
        type: 'leg-invited',
        leg: phone,
        party: { kind: 'phone', number: caller },
        direction: 'inbound',
        presented: called,
      };
    case 'leg-answered':
      return { type: 'leg-answered', leg: phone };
    case 'user-invited': {
      const party = { kind: 'user', id: `8:acs:${occasion.account}_${derivedUuid('ready-event', 'user')}` } as const;
      return { type: 'leg-invited', leg: user, party, direction: 'outbound' };
    }
    case 'user-answered':
      return { type: 'leg-answered', leg: user };
    case 'recording-started': {
      const details: RecordingDetails = {
        connection: id,
        apiVersion: newestApiVersion,
        channelType: 'mixed',
        contentType: 'audio',
        format: 'wav',
        channelOrder: [],
        startedAtMs: atMs,
      };
      return { type: 'recording-started', recording, details, paused: false };
    }
    case 'recording-stopped':
      return { type: 'recording-stopped', recording, why: 'requested' };
    case 'user-ended':
      return { type: 'leg-ended', leg: user, cause: 'hung-up' };
    case 'call-ended':
      return { type: 'call-ended', cause: 'hung-up' };
  }
}
