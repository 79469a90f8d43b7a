import { expect, it, onTestFinished, vi } from 'vitest';
import { startReceiver } from '../../server/receiver.ts';
import { startAcs } from './acs-under-test.ts';
import { callee, callerId, withSpeech } from './calls-under-test.ts';

/** Lets milliseconds of the wall clock pass: how long the server waits for an answer. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

it('goes on with a call whose application never answers a callback, as in samples that respond to none', async () => {
  const acs = await startAcs();
  const names: string[] = [];
  let onEvent = (_name: string): void => {};
  const silent = await startReceiver(({ body }) => {
    const [{ type }] = JSON.parse(body) as [{ type: string }];
    names.push(type.replace('Microsoft.Communication.', ''));
    onEvent(type);
  });
  onTestFinished(() => silent.close());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const target = { targetParticipant: callee, sourceCallIdNumber: callerId };
  const { callConnection } = await acs.client.createCall(target, `${silent.url}/api/callbacks`, withSpeech);

  onEvent = () => void pass(2_000);
  await acs.advance(1_000);
  expect(names).toEqual(['CallConnected', 'ParticipantsUpdated']);
  await callConnection.getCallMedia().playToAll([{ kind: 'fileSource', url: 'https://files.test/hello.wav' }]);
  await acs.advance(5_000);
  expect(names).toEqual(['CallConnected', 'ParticipantsUpdated', 'PlayStarted', 'PlayCompleted']);

  // All are given up after ten seconds, and tried again; the test's clock does not wait two seconds for each once more.
  await pass(10_000);
  onEvent = () => void pass(100);
  await acs.advance(60_000);
  expect(names.slice(4).toSorted()).toEqual(['CallConnected', 'ParticipantsUpdated', 'PlayCompleted', 'PlayStarted']);
});
