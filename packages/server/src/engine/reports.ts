import type { Call, TimerPurpose } from './call.ts';
import { endWait } from './collect.ts';
import type { Command } from './command.ts';
import type { Draft } from './draft.ts';
import { endCall, endLeg } from './ending.ts';
import { byId } from './keyed.ts';
import { acceptPlayMedia, endRound } from './play.ts';
import { speak } from './speech.ts';
import { acceptTonesMedia, completeTones, failTones } from './tones.ts';

/** What the shell reports back about an effect. */
export type Report = Extract<
  Command,
  {
    type:
      | 'timer-fired'
      | 'media-ready'
      | 'media-failed'
      | 'speech-ready'
      | 'speech-failed'
      | 'callback-answered'
      | 'explain-refusal';
  }
>;

/** Tells reports from requests: a report about something that is over is no error, it comes to nothing. */
export function isReport(command: Command): command is Report {
  return REPORTS.has(command.type);
}

const REPORTS: ReadonlySet<Command['type']> = new Set<Report['type']>([
  'timer-fired',
  'media-ready',
  'media-failed',
  'speech-ready',
  'speech-failed',
  'callback-answered',
  'explain-refusal',
]);

/** What follows from the outcome of an effect. */
export function takeReport(draft: Draft, report: Report): void {
  switch (report.type) {
    case 'timer-fired':
      fireTimer(draft, report.timer);
      return;
    case 'media-ready': {
      const operation = byId(draft.call.operations, report.operation);
      if (operation?.kind === 'play') acceptPlayMedia(draft, operation, report.index, report.media);
      if (operation?.kind === 'send-tones') acceptTonesMedia(draft, operation, report.media);
      return;
    }
    case 'media-failed': {
      const { operation: id, index, reason, detail, status } = report;
      const operation = byId(draft.call.operations, id);
      if (operation?.state !== 'preparing') return;
      if (operation.kind === 'play')
        draft.record({
          type: 'play-failed',
          operation: id,
          index,
          reason,
          detail,
          ...(status !== undefined && { status }),
        });
      else failTones(draft, operation, { reason, detail });
      return;
    }
    case 'speech-ready': {
      const leg = byId(draft.call.legs, report.leg);
      if (leg?.state === 'connected') speak(draft, leg, report);
      return;
    }
    case 'speech-failed':
      if (byId(draft.call.legs, report.leg)?.state === 'connected') draft.record(report);
      return;
    case 'explain-refusal':
      draft.record({ ...report, type: 'refused' });
      return;
    case 'callback-answered':
      draft.record(report);
  }
}

function fireTimer(draft: Draft, id: string): void {
  const timer = byId(draft.call.timers, id);
  if (timer === undefined) return;
  draft.record({ type: 'timer-fired', timer: id, purpose: timer.purpose });
  followTimer(draft, draft.call, timer.purpose);
}

function followTimer(draft: Draft, call: Call, purpose: TimerPurpose): void {
  switch (purpose.kind) {
    case 'provider':
      return;
    case 'ring-timeout':
      endLeg(draft, purpose.leg, 'no-answer');
      return;
    case 'max-duration':
      if (purpose.leg === 'all') endCall(draft, 'max-duration');
      else endLeg(draft, purpose.leg, 'max-duration');
      return;
    default: {
      const operation = byId(call.operations, purpose.operation);
      if (operation?.kind === 'play') endRound(draft, operation);
      else if (operation?.kind === 'send-tones') completeTones(draft, operation);
      else if (operation?.kind === 'collect' && isWait(purpose.kind)) endWait(draft, operation, purpose.kind);
    }
  }
}

type Wait = Parameters<typeof endWait>[2];

function isWait(kind: TimerPurpose['kind']): kind is Wait {
  return kind === 'collect-silence' || kind === 'collect-inter-tone' || kind === 'collect-end-silence';
}
