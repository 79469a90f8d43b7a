import { Type } from 'typebox';
import { callbackView } from './callback-view.ts';
import { callSummary, callView } from './call-view.ts';
import { exchangeSummary, exchangeView } from './exchange-view.ts';
import type { AccountSummary } from './account-view.ts';
import type { ServerState } from './state-view.ts';

const account = Type.Unsafe<AccountSummary>(
  Type.Object({
    provider: Type.Enum(['acs', 'sinch']),
    id: Type.String(),
    numbers: Type.Array(Type.String()),
    keys: Type.Array(Type.String(), { description: 'Their names; never the keys.' }),
  }),
);

const textMessage = Type.Object({
  id: Type.String(),
  from: Type.String(),
  to: Type.String(),
  text: Type.String(),
  atMs: Type.Number(),
});

const phone = Type.Object({
  number: Type.String(),
  state: Type.Enum(['idle', 'ringing', 'dialing', 'connected']),
  script: Type.Object({ pickUp: Type.String() }),
  lines: Type.Array(
    Type.Object({ call: Type.String(), leg: Type.String(), state: Type.String(), sinceMs: Type.Number() }),
  ),
  inbox: Type.Array(textMessage, { description: 'The text messages that it received, the oldest first.' }),
});

const state = Type.Unsafe<ServerState>(
  Type.Object({
    url: Type.String(),
    clock: Type.Object({ kind: Type.Enum(['real', 'virtual']), nowMs: Type.Number() }),
    strict: Type.Boolean(),
    strictCallbacks: Type.Boolean(),
    diagnosesRefusals: Type.Boolean(),
    accounts: Type.Array(account),
    environment: Type.Optional(Type.Record(Type.String(), Type.String())),
    testNumbers: Type.Array(Type.Object({ number: Type.String(), title: Type.String(), description: Type.String() })),
    phones: Type.Array(phone),
    faults: Type.Array(Type.Object({ name: Type.String() })),
    counts: Type.Object({ exchanges: Type.Integer(), calls: Type.Integer(), callbacksPending: Type.Integer() }),
    lastEventId: Type.String({ description: 'From there, `GET events` goes on without a gap.' }),
  }),
);

const error = Type.Object({
  error: Type.Object({
    code: Type.String({ description: 'For programs: `not-found`, `gone`, `body/invalid`, `clock/real`, …' }),
    message: Type.String(),
    problems: Type.Optional(
      Type.Array(Type.Object({ pointer: Type.String({ description: 'RFC 6901.' }), message: Type.String() })),
    ),
  }),
});

const event = Type.Union([
  Type.Object({ type: Type.Literal('exchange'), exchange: exchangeSummary }),
  Type.Object({
    type: Type.Literal('call'),
    event: Type.Object({ call: Type.String(), seq: Type.Integer(), atMs: Type.Number(), type: Type.String() }),
    call: callSummary,
  }),
  Type.Object({ type: Type.Literal('callback'), callback: callbackView }),
  Type.Object({ type: Type.Literal('text-message'), message: textMessage }),
  Type.Object({ type: Type.Literal('clock'), nowMs: Type.Number() }),
  Type.Object({ type: Type.Literal('settings') }),
  Type.Object({ type: Type.Literal('reset') }),
]);

/** What the control API answers, by name; published as `schema/control.schema.json`. */
export const controlSchemas = {
  state,
  exchanges: Type.Object({
    exchanges: Type.Array(exchangeSummary),
    next: Type.Optional(Type.String({ description: 'As `before`, for the next page.' })),
  }),
  exchange: exchangeView,
  calls: Type.Object({ calls: Type.Array(callSummary) }),
  call: callView,
  callbacks: Type.Object({ callbacks: Type.Array(callbackView) }),
  callback: callbackView,
  phones: Type.Object({ phones: Type.Array(phone) }),
  phone,
  event,
  error,
} as const;
