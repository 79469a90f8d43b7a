import { expect, it, vi } from 'vitest';
import { startAcs } from './acs-under-test.ts';

it('finds calls by their group, their connections and their recordings without looking through all calls', async () => {
  const acs = await startAcs();
  const everyCall = vi.spyOn(acs.switchboard, 'calls');
  const meet = () => acs.client.connectCall({ kind: 'groupCallLocator', id: 'group' }, acs.callback());
  const [first, second] = [await meet(), await meet()];
  const [one, two] = [first.callConnectionProperties, second.callConnectionProperties];
  expect(two.callConnectionId).not.toBe(one.callConnectionId);
  expect(two.serverCallId).toBe(one.serverCallId);
  expect((await second.callConnection.getCallConnectionProperties()).callConnectionState).toBe('connected');
  await expect(acs.client.getCallConnection('none').getCallConnectionProperties()).rejects.toMatchObject({
    statusCode: 404,
  });
  await expect(acs.client.getCallRecording().getState('none')).rejects.toMatchObject({ statusCode: 404 });
  expect(everyCall).not.toHaveBeenCalled();
});
