import { addHeard, cutHeard } from './audio.ts';
import type {
  Call,
  CollectOperation,
  MediaOperation,
  OperationId,
  PlayOperation,
  PlayOutcome,
  ReadyMedia,
  SendTonesOperation,
  ToneWatch,
} from './call.ts';
import { callWith, playWith } from './copies.ts';
import type { CallEvent } from './event.ts';
import { byId } from './keyed.ts';
import { followOperation } from './pending.ts';
import { Sequence } from './sequence.ts';

/** What an event changes about the operations, and about what legs hear through them. */
export function foldOperationEvent(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'play-requested':
      return withOperation(call, {
        kind: 'play',
        id: event.operation,
        prompts: event.prompts,
        ready: gaps(event.prompts.length),
        to: event.to,
        toAll: event.toAll,
        repeat: event.repeat,
        played: 0,
        state: 'preparing',
        startedAtMs: undefined,
        outcome: undefined,
      });
    case 'media-prepared':
      return changePlay(call, event.operation, (play) =>
        playWith(play, { ready: play.ready.with(event.index, event.media) }),
      );
    case 'play-started':
      return changePlay(call, event.operation, (play) => playWith(play, { state: 'playing', startedAtMs: event.atMs }));
    case 'play-round': {
      const counted = changePlay(call, event.operation, (play) => playWith(play, { played: play.played + 1 }));
      return addHeard(counted, event.to, event.entries);
    }
    case 'play-completed':
      return finishPlay(call, event, { kind: 'completed' });
    case 'play-failed':
      return finishPlay(call, event, {
        kind: 'failed',
        index: event.index,
        reason: event.reason,
        detail: event.detail,
        ...(event.status !== undefined && { status: event.status }),
      });
    case 'play-canceled':
      return finishPlay(call, event, { kind: 'canceled', why: event.why });
    case 'collect-started':
      return withOperation(call, {
        kind: 'collect',
        id: event.operation,
        leg: event.leg,
        wish: event.wish,
        ...(event.prompt === undefined ? {} : { prompt: event.prompt }),
        state: 'prompting',
        tones: '',
        speech: '',
      });
    case 'collect-listening':
      return changeCollect(call, event.operation, ({ prompt: _played, ...collect }) => ({
        ...collect,
        state: 'listening',
      }));
    case 'collect-input':
      return changeCollect(call, event.operation, (collect) => ({
        ...collect,
        tones: collect.tones + (event.tones ?? ''),
        speech:
          collect.speech && event.speech ? `${collect.speech} ${event.speech}` : collect.speech || (event.speech ?? ''),
      }));
    case 'collect-completed':
    case 'collect-failed':
    case 'collect-canceled':
      return changeCollect(call, event.operation, ({ prompt: _played, ...collect }) => ({ ...collect, state: 'done' }));
    case 'tone-watch-started':
      return withOperation(call, {
        kind: 'tone-watch',
        id: event.operation,
        leg: event.leg,
        state: 'listening',
        count: 0,
      });
    case 'tone-watch-heard':
      return changeWatch(call, event.operation, (watch) => ({ ...watch, count: event.count }));
    case 'tone-watch-stopped':
      return changeWatch(call, event.operation, (watch) => ({ ...watch, state: 'done' }));
    case 'tones-requested':
      return withOperation(call, {
        kind: 'send-tones',
        id: event.operation,
        leg: event.leg,
        tones: event.tones,
        state: 'preparing',
      });
    case 'tones-started': {
      const sending = changeSendTones(call, event.operation, (tones) => ({ ...tones, state: 'sending' }));
      return addHeard(sending, [event.leg], [event.entry]);
    }
    case 'tones-sent':
    case 'tones-failed': {
      const sent = changeSendTones(call, event.operation, (tones) => ({ ...tones, state: 'done' }));
      return cutHeard(sent, event.atMs, [event.leg], (entry) => entry.operation === event.operation);
    }
    default:
      return call;
  }
}

function finishPlay(call: Call, { operation, atMs }: { operation: OperationId; atMs: number }, outcome: PlayOutcome) {
  const done = changePlay(call, operation, (play) => playWith(play, { state: 'done', outcome, ready: noMedia }));
  const play = byId(done.operations, operation);
  const hearers = play?.kind === 'play' && !play.toAll ? play.to : 'all';
  return cutHeard(done, atMs, hearers, (entry) => entry.operation === operation);
}

/** Of a play that is done; what it played stands on the tracks of those who heard it. */
const noMedia = Sequence.of<ReadyMedia>();

/** Room for audio that is still to come. */
function gaps(count: number): Sequence<ReadyMedia> {
  let ready = Sequence.of<ReadyMedia>();
  for (let index = 0; index < count; index++) ready = ready.append(undefined);
  return ready;
}

function changePlay(call: Call, id: OperationId, change: (play: PlayOperation) => PlayOperation): Call {
  const operation = byId(call.operations, id);
  return operation?.kind === 'play' ? withOperation(call, change(operation)) : call;
}

function changeCollect(call: Call, id: OperationId, change: (collect: CollectOperation) => CollectOperation): Call {
  const operation = byId(call.operations, id);
  return operation?.kind === 'collect' ? withOperation(call, change(operation)) : call;
}

function changeWatch(call: Call, id: OperationId, change: (watch: ToneWatch) => ToneWatch): Call {
  const operation = byId(call.operations, id);
  return operation?.kind === 'tone-watch' ? withOperation(call, change(operation)) : call;
}

function changeSendTones(call: Call, id: OperationId, change: (tones: SendTonesOperation) => SendTonesOperation): Call {
  const operation = byId(call.operations, id);
  return operation?.kind === 'send-tones' ? withOperation(call, change(operation)) : call;
}

function withOperation(call: Call, operation: MediaOperation): Call {
  return callWith(call, {
    operations: call.operations.with(operation),
    pending: followOperation(call.pending, operation),
  });
}
