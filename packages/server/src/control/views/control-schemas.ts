import {
  array,
  boolean,
  choice,
  integer,
  literal,
  number,
  object,
  optional,
  record,
  string,
  typed,
  union,
} from '../../json-schema/schema.ts';
import { plugs } from '../../plugs.ts';
import { callbackView } from './callback-view.ts';
import { callSummary, callView } from './call-view.ts';
import { exchangeSummary, exchangeView } from './exchange-view.ts';
import { faultKindView } from './fault-kind-view.ts';
import { heardList } from './heard-view.ts';
import { providerView } from './provider-view.ts';
import { readyEventView, sendingView } from './sending-view.ts';
import type { AccountSummary } from './account-view.ts';
import type { ServerState } from './state-view.ts';

const account = typed<AccountSummary>(
  object({
    provider: choice(plugs.map(({ name }) => name)),
    id: string(),
    numbers: array(string()),
    keys: array(string(), { description: 'Their names; never the keys.' }),
  }),
);

const textMessage = object({
  id: string(),
  from: string(),
  to: string(),
  text: string(),
  atMs: number(),
});

const phone = object({
  number: string(),
  state: choice(['idle', 'ringing', 'dialing', 'connected']),
  script: object({ pickUp: string() }),
  lines: array(
    object({
      call: string(),
      leg: string(),
      state: string(),
      sinceMs: number(),
      script: object({ pickUp: string() }, { description: 'What the phone follows in this call.' }),
      step: optional(integer({ description: 'At which step of it the phone is, from 1.' })),
    }),
  ),
  inbox: array(textMessage, { description: 'The text messages that it received, the oldest first.' }),
});

const state = typed<ServerState>(
  object({
    url: string(),
    clock: object({ kind: choice(['real', 'virtual']), nowMs: number() }),
    strict: boolean(),
    strictCallbacks: boolean(),
    diagnosesRefusals: boolean(),
    providers: array(providerView),
    accounts: array(account),
    environment: optional(record(string(), string())),
    testNumbers: array(object({ number: string(), title: string(), description: string() })),
    phones: array(phone),
    faults: array(object({ name: string() })),
    faultKinds: array(faultKindView),
    counts: object({ exchanges: integer(), calls: integer(), callbacksPending: integer() }),
    lastEventId: string({ description: 'From there, `GET events` goes on without a gap.' }),
  }),
);

const microphone = object({
  call: string(),
  leg: string(),
  waitingMs: number({ description: 'How much of what was sent has not sounded yet, in milliseconds.' }),
});

const error = object({
  error: object({
    code: string({ description: 'For programs: `not-found`, `gone`, `body/invalid`, `clock/real`, …' }),
    message: string(),
    problems: optional(array(object({ pointer: string({ description: 'RFC 6901.' }), message: string() }))),
  }),
});

const event = union([
  object({ type: literal('exchange'), exchange: exchangeSummary }),
  object({
    type: literal('call'),
    event: object({ call: string(), seq: integer(), atMs: number(), type: string() }),
    call: callSummary,
  }),
  object({ type: literal('callback'), callback: callbackView }),
  object({ type: literal('text-message'), message: textMessage }),
  object({ type: literal('phone'), number: string({ description: 'It is at another step of its script.' }) }),
  object({ type: literal('clock'), nowMs: number() }),
  object({ type: literal('settings') }),
  object({ type: literal('reset') }),
]);

/** What the control API answers, by name; published as `schema/control.schema.json`. */
export const controlSchemas = {
  state,
  exchanges: object({
    exchanges: array(exchangeSummary),
    next: optional(string({ description: 'As `before`, for the next page.' })),
  }),
  exchange: exchangeView,
  calls: object({ calls: array(callSummary) }),
  call: callView,
  heard: heardList,
  callbacks: object({ callbacks: array(callbackView) }),
  callback: callbackView,
  'ready-events': object({ events: array(readyEventView) }),
  sending: sendingView,
  phones: object({ phones: array(phone) }),
  phone,
  microphone,
  event,
  error,
} as const;
