import type { CallSummary, CallView } from '@countersign/server/control/views/call-view';
import { duration } from '../format/time.ts';
import { causeWords } from '../format/cause.ts';
import { nameOfLeg } from './describe-call.ts';

export type ShownEvent = CallView['events'][number];

/** What an event is about; it colours the timeline. */
export type EventSubject = 'state' | 'media' | 'keys' | 'speech' | 'recording' | 'machinery';

export interface Described {
  readonly subject: EventSubject;
  readonly text: string;
}

/** An event of a call's history in words. `machinery` is what the engine does for itself: timers, preparations, notes. */
export function describeEvent(event: ShownEvent, call: CallSummary): Described {
  const name = (leg: string): string => nameOfLeg(call, leg);
  const names = (legs: readonly string[]): string => legs.map(name).join(', ');
  switch (event.type) {
    case 'call-opened':
      return { subject: 'state', text: 'The call begins' };
    case 'leg-invited':
      return event.direction === 'outbound'
        ? { subject: 'state', text: `${name(event.leg)} rings` }
        : { subject: 'state', text: `${name(event.leg)} calls ${event.presented ?? ''}` };
    case 'leg-answered':
      return { subject: 'state', text: `${name(event.leg)} is connected` };
    case 'leg-ended':
      return { subject: 'state', text: `${name(event.leg)} leaves: ${causeWords(event.cause)}` };
    case 'leg-muted':
      return { subject: 'state', text: `${name(event.leg)} is ${event.muted ? 'muted' : 'unmuted'}` };
    case 'leg-held':
      return { subject: 'state', text: `${name(event.leg)} is ${event.held ? 'put on hold' : 'taken off hold'}` };
    case 'leg-moved-out':
      return { subject: 'state', text: `${name(event.leg)} goes to another call` };
    case 'leg-moved-in':
      return { subject: 'state', text: `${name(event.leg.id)} comes from another call` };
    case 'call-ended':
      return { subject: 'state', text: `The call ends: ${causeWords(event.cause)}` };
    case 'play-requested':
      return { subject: 'media', text: `Play asked for: ${event.prompts.map(promptWords).join(', ')}` };
    case 'play-started':
      return { subject: 'media', text: 'Play begins' };
    case 'play-round':
      return { subject: 'media', text: `${names(event.to)} hears ${event.entries.map(entryWords).join(', ')}` };
    case 'play-completed':
      return { subject: 'media', text: 'Play is complete' };
    case 'play-failed':
      return { subject: 'media', text: `Play failed (${event.reason}): ${event.detail}` };
    case 'play-canceled':
      return { subject: 'media', text: `Play was stopped: ${event.why}` };
    case 'collect-started':
      return { subject: 'keys', text: `Waiting for ${name(event.leg)} to press or say something` };
    case 'collect-listening':
      return { subject: 'keys', text: 'Listening' };
    case 'collect-completed':
      return { subject: 'keys', text: `Recognized ${resultWords(event.result)}` };
    case 'collect-failed':
      return {
        subject: 'keys',
        text: `Nothing recognized: ${event.reason}${event.failure ? `, ${event.failure.detail}` : ''}`,
      };
    case 'collect-canceled':
      return { subject: 'keys', text: `Waiting was stopped: ${event.why}` };
    case 'tone-watch-started':
      return { subject: 'keys', text: `Watching the keys of ${name(event.leg)}` };
    case 'tone-watch-stopped':
      return { subject: 'keys', text: `Watching the keys was stopped: ${event.why}` };
    case 'tones-requested':
      return { subject: 'keys', text: `Keys ${event.tones} are to be sent to ${name(event.leg)}` };
    case 'tones-sent':
      return { subject: 'keys', text: `${name(event.leg)} heard the keys ${event.tones}` };
    case 'tones-failed':
      return { subject: 'keys', text: `Keys could not be sent (${event.reason}): ${event.detail}` };
    case 'tones-pressed':
      return { subject: 'keys', text: `${name(event.leg)} presses ${event.tones}` };
    case 'leg-said': {
      const what = event.sound === 'audio' ? 'what its application plays' : `“${event.text}”`;
      return { subject: 'speech', text: `${name(event.leg)} says ${what}` };
    }
    case 'leg-silenced':
      return { subject: 'speech', text: `${name(event.leg)} falls silent` };
    case 'audio-streamed':
      return {
        subject: 'speech',
        text: `${event.from === undefined ? 'The application' : name(event.from)} begins to stream audio`,
      };
    case 'streamed-audio-cut':
      return { subject: 'speech', text: 'A stream of audio is over' };
    case 'speech-failed':
      return { subject: 'speech', text: `${name(event.leg)} could not say “${event.text}”: ${event.detail}` };
    case 'recording-started':
      return { subject: 'recording', text: event.paused ? 'Recording is ready, and paused' : 'Recording begins' };
    case 'recording-paused':
      return { subject: 'recording', text: 'Recording pauses' };
    case 'recording-resumed':
      return { subject: 'recording', text: 'Recording goes on' };
    case 'recording-stopped':
      return { subject: 'recording', text: 'Recording stops' };
    case 'refused':
      return { subject: 'state', text: event.summary };
    case 'noted':
      return { subject: 'machinery', text: `Noted: ${event.name}` };
    case 'timer-set':
      return { subject: 'machinery', text: `Timer set: ${event.timer.purpose.kind}` };
    case 'timer-fired':
      return { subject: 'machinery', text: `Timer fired: ${event.purpose.kind}` };
    case 'callback-answered':
      return { subject: 'machinery', text: 'A callback was answered' };
    default:
      return { subject: 'machinery', text: event.type.replaceAll('-', ' ') };
  }
}

type Prompt = Extract<ShownEvent, { type: 'play-requested' }>['prompts'][number];
type Entry = Extract<ShownEvent, { type: 'play-round' }>['entries'][number];
type Result = Extract<ShownEvent, { type: 'collect-completed' }>['result'];

function promptWords(prompt: Prompt): string {
  switch (prompt.kind) {
    case 'text':
      return `“${prompt.text}”`;
    case 'ssml':
      return `“${prompt.ssml
        .replace(/<[^<>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()}” (SSML)`;
    case 'file':
      return prompt.uri;
    case 'tones':
      return `the keys ${prompt.tones}`;
    case 'music':
      return prompt.name === undefined ? 'hold music' : `hold music ${prompt.name}`;
    case 'ring-tone':
      return `the ring tone of ${prompt.country.toUpperCase()}`;
    case 'beep':
      return 'a beep';
  }
}

function entryWords({ text, durationMs, substituted }: Entry): string {
  if (text === undefined) return `${duration(durationMs)} of audio`;
  const voice = substituted ? `, spoken by ${substituted.used} in place of ${substituted.asked}` : '';
  return `“${text}” (${duration(durationMs)})${voice}`;
}

function resultWords(result: Result): string {
  switch (result.kind) {
    case 'tones':
      return `the keys ${result.tones || '(none)'}`;
    case 'choice':
      return `the choice ${result.label} by ${result.by === 'tone' ? 'key' : 'word'} ${result.recognized}`;
    case 'speech':
      return `“${result.text}”`;
  }
}
