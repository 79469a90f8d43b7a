import { developmentAccount } from '@countersign/core/development-account';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { ReadyEvent, ReadyOccasion } from '../../ready-event.ts';
import { aceFields } from '../callbacks/ace.ts';
import { callbackContentType } from '../callbacks/delivery.ts';
import { diceFields } from '../callbacks/dice.ts';
import { callbackBody } from '../callbacks/envelope.ts';
import type { CallbackEventName } from '../state/event-name.ts';
import { iceFields } from '../callbacks/ice.ts';
import { callingErrorFields, detectionFields, recordingFields } from '../callbacks/notify.ts';
import { pieFields } from '../callbacks/pie.ts';
import type { CallDetails } from '../state/call-details.ts';
import { newCallState, type CallState, type Detection } from '../state/call-state.ts';
import { recordingPath } from '../state/recording-file.ts';

const details: CallDetails = {
  kind: 'call',
  origin: 'incoming',
  from: '+12065550111',
  to: { type: 'did', endpoint: developmentAccount.sinch.number },
  domain: 'pstn',
  forwardedHeaders: [],
  callbacks: { ace: true, pie: true, dice: true },
  inline: {},
};

const machine: Detection = { status: 'machine', reason: 'longgreeting', duration: 4 };

/** A callback, and the fields that it has beyond those of every callback. */
interface Recipe {
  readonly event: CallbackEventName;
  readonly when: string;
  readonly fields: (state: CallState, atMs: number) => Readonly<Record<string, unknown>>;
}

/** By the event's name and, of `notify`, what it tells of. */
const recipes: Readonly<Record<CallbackEventName | `${CallbackEventName}.${string}`, Recipe>> = {
  ice: of('ice', 'somebody calls a number of the application', () => iceFields(details)),
  ace: of('ace', 'the called party answers', () => aceFields(undefined)),
  'ace.amd': of('ace', 'an answering machine answers', () => aceFields(machine)),
  pie: of('pie', 'a key is pressed in a menu', () =>
    pieFields({ menuId: 'main', type: 'return', value: '1', inputMethod: 'dtmf' }),
  ),
  'pie.timeout': of('pie', 'nobody presses a key', () => pieFields({ menuId: 'main', type: 'timeout' })),
  dice: of('dice', 'the call is over', diceFields),
  notify: of('notify', 'a recording can be had', ({ callId }) =>
    recordingFields('recording_available', recordingPath({ call: callId, recording: '1', extension: 'mp3' })),
  ),
  'notify.recording_finished': of('notify', 'a recording is over', () => recordingFields('recording_finished')),
  'notify.transcription_available': of('notify', "a recording's text can be had", ({ callId }) =>
    recordingFields('transcription_available', recordingPath({ call: callId, recording: '1', extension: 'txt' })),
  ),
  'notify.amd': of('notify', 'an answering machine was detected', () => detectionFields('amd', machine)),
  'notify.amd_beep': of('notify', 'an answering machine has beeped', () =>
    detectionFields('amd_beep', { ...machine, reason: 'beep' }),
  ),
  'notify.callingerror': of('notify', 'a call cannot be made as asked', () =>
    callingErrorFields(40001, 'Invalid parameters'),
  ),
};

function of(event: CallbackEventName, when: string, fields: Recipe['fields']): Recipe {
  return { event, when, fields };
}

/** Every callback of a call. */
export const sinchReadyEvents: readonly ReadyEvent[] = Object.entries(recipes).map(
  ([name, { event, when, fields }]) => ({
    name,
    when,
    proof: { by: 'scheme', scheme: sinchApplication.id },
    headers: [['content-type', callbackContentType]],
    body: (occasion) => {
      const atMs = occasion.at.getTime();
      const state = callAt(occasion);
      const due = { kind: 'callback', id: '', event, fields: fields(state, atMs), awaited: false } as const;
      return callbackBody(due, state, atMs, developmentAccount.url);
    },
  }),
);

/** The call as it is when it has been answered for half a minute and is over. */
function callAt({ call, at, account }: ReadyOccasion): CallState {
  const answeredAtMs = at.getTime() - 30_000;
  return {
    ...newCallState(call, account, details),
    answeredAtMs,
    endedAtMs: at.getTime(),
    outcome: { result: 'ANSWERED', reason: 'CALLERHANGUP' },
  };
}
