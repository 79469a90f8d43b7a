import type { CallSummary } from '@countersign/server/control/views/call-view';
import { expect, test } from 'vitest';
import { type ShownEvent, describeEvent } from '../src/calls/describe-event.ts';

const call = {
  legs: [{ id: 'l', number: 1, party: { kind: 'phone', number: '+4930123456' } }],
} as unknown as CallSummary;
const at = { call: 'c', seq: 1, atMs: 0 };

test('a refusal stands on the timeline with its sentence', () => {
  const summary = 'The call ends because the callout names no cli: Sinch takes such a callout and never connects it';
  const event: ShownEvent = { ...at, type: 'refused', code: 'callout/no-cli', summary };
  expect(describeEvent(event, call)).toEqual({ subject: 'state', text: summary });
});

test('a substitute voice stands on the timeline', () => {
  const substituted = { asked: 'de-DE', used: 'flite slt (US English, female)' };
  const entry = { media: 'm', startedAtMs: 0, durationMs: 1_200, text: 'Guten Tag', substituted };
  const event: ShownEvent = { ...at, type: 'play-round', operation: 'o', to: ['l'], entries: [entry] };
  expect(describeEvent(event, call).text).toMatch(
    /^\+4930123456 hears “Guten Tag” \(.*\), spoken by flite slt \(US English, female\) in place of de-DE$/,
  );
});
