import { CallAutomationClient } from '@azure/communication-call-automation';
import { SmsClient } from '@azure/communication-sms';
import { developmentAccount } from '@countersign/core/development-account';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventGridSubscription } from '../../../src/providers/acs/accounts/account.ts';
import { startServer } from '../../../src/server.ts';
import { startReceiver } from '../../server/receiver.ts';
import { agent, callee, callerId } from './calls-under-test.ts';

const owned = developmentAccount.acs.number;

/** A server with an application that two subscriptions and more lead to; `answers` is the first path that validates. */
async function startSubscribed(
  subscriptions: Readonly<Record<string, EventGridSubscription['includedEventTypes']>>,
  { validates = () => true }: { readonly validates?: (path: string) => boolean } = {},
) {
  const received: { readonly path: string; readonly type: string; readonly subject: string; readonly data: any }[] = [];
  const application = await startReceiver(({ path, body }, response) => {
    const [event] = JSON.parse(body) as [any];
    if (!path.startsWith('/events')) {
      const { eventType, type = eventType, subject, data } = event;
      received.push({ path, type: type.split('.').at(-1), subject, data });
    }
    const code = event.data?.validationCode as string | undefined;
    response.end(code !== undefined && validates(path) ? JSON.stringify({ validationResponse: code }) : '');
  });
  onTestFinished(() => application.close());
  const problems: string[] = [];
  const server = await startServer({
    port: 0,
    clock: 'virtual',
    onProblem: (problem) => problems.push(problem),
    acs: {
      recordingHost: 'countersign.asm.skype.com',
      eventGridSubscriptions: Object.entries(subscriptions).map(([path, includedEventTypes]) => ({
        endpoint: `${application.url}${path}`,
        ...(includedEventTypes && { includedEventTypes: [...includedEventTypes] }),
      })),
    },
  });
  onTestFinished(() => server.close());
  const connectionString = server.environment['COMMUNICATION_SERVICES_CONNECTION_STRING'] ?? '';
  const options = { allowInsecureConnection: true };
  return {
    control: server.control,
    /** What whoever runs the server is told. */
    problems,
    calls: new CallAutomationClient(connectionString, options),
    sms: new SmsClient(connectionString, options),
    callback: `${application.url}/events`,
    received,
    /** What came where, validation aside. */
    arrivals: () =>
      received.filter(({ type }) => type !== 'SubscriptionValidationEvent').map(({ path, type }) => `${path} ${type}`),
    last: (type: string) => {
      const event = received.findLast((one) => one.type === type);
      if (!event) throw new Error(`no ${type} arrived`);
      return event;
    },
  };
}

describe('Event Grid subscriptions', () => {
  it('get the events that each of them takes, at its own address, after each was validated by itself', async () => {
    const { control, sms, received, arrivals } = await startSubscribed({
      '/calls': ['Microsoft.Communication.IncomingCall'],
      '/texts': ['Microsoft.Communication.SMSReceived', 'Microsoft.Communication.SMSDeliveryReportReceived'],
      '/all': undefined,
    });
    await control.phone('+15555550123').dial(owned);
    await control.advance(0);
    control.phone('+15555550123').text(owned, 'Call me back, please.');
    await control.advance(0);
    await sms.send(
      { from: owned, to: ['+15555550123'], message: 'I will.' },
      { enableDeliveryReport: true, tag: 'promise' },
    );
    await control.advance(0);
    expect(received.filter(({ type }) => type === 'SubscriptionValidationEvent').map(({ path }) => path)).toEqual([
      '/calls',
      '/all',
      '/texts',
    ]);
    expect(arrivals().toSorted()).toEqual([
      '/all IncomingCall',
      '/all SMSDeliveryReportReceived',
      '/all SMSReceived',
      '/calls IncomingCall',
      '/texts SMSDeliveryReportReceived',
      '/texts SMSReceived',
    ]);
  });

  it('get nothing at an address that does not prove that it wants events', async () => {
    const { control, arrivals, received } = await startSubscribed(
      { '/stranger': undefined, '/mine': undefined },
      { validates: (path) => path === '/mine' },
    );
    for (const _ of [1, 2]) {
      control.phone('+15555550123').text(owned, 'Hello?');
      await control.advance(0);
    }
    expect(arrivals()).toEqual(['/mine SMSReceived', '/mine SMSReceived']);
    // Each event asks a stranger once more.
    expect(received.filter(({ path }) => path === '/stranger')).toHaveLength(2);
    control.reset();
    control.phone('+15555550123').text(owned, 'Hello again?');
    await control.advance(0);
    expect(
      received
        .slice(-3)
        .map(({ path, type }) => `${path} ${type}`)
        .toSorted(),
    ).toEqual(['/mine SMSReceived', '/mine SubscriptionValidationEvent', '/stranger SubscriptionValidationEvent']);
  });
});

describe('an incoming call that no application hears of', () => {
  it('says on its timeline that no subscription takes it', async () => {
    const { control } = await startSubscribed({ '/texts': ['Microsoft.Communication.SMSReceived'] });
    const { call } = await control.phone('+15555550123').dial(owned);
    await control.advance(0);
    expect(await control.waitFor('refused')).toMatchObject({ event: { call, code: 'event-grid/no-subscription' } });
  });

  it('says on its timeline that the endpoint did not prove that it wants it', async () => {
    const { control, callback } = await startSubscribed({ '/stranger': undefined }, { validates: () => false });
    const { call } = await control.phone('+15555550123').dial(owned);
    await control.advance(0);
    expect(await control.waitFor('refused')).toMatchObject({
      event: {
        call,
        code: 'event-grid/not-validated',
        summary: `Microsoft.Communication.IncomingCall is not delivered: ${callback.replace('/events', '/stranger')} has not answered the validation of its Event Grid subscription`,
      },
    });
  });
});

describe('text messages', () => {
  it('that a phone sends to a number of the account are announced as documented', async () => {
    const { control, last } = await startSubscribed({ '/texts': undefined });
    const { id } = control.phone('+1 (555) 555-0123').text(owned, 'x'.repeat(161));
    await control.advance(0);
    expect(id).toMatch(/^Incoming_/);
    expect(last('SMSReceived')).toMatchObject({
      subject: '/phonenumber/12065550100',
      data: {
        messageId: id,
        from: '+15555550123',
        to: owned,
        message: 'x'.repeat(161),
        receivedTimestamp: '2026-01-01T00:00:00.0000000Z',
        segmentCount: 2,
      },
    });
    expect(() => control.phone('+15555550123').text('+15555550124', 'Hi')).toThrow(/\+15555550124/);
  });

  it('that an application sends are reported when it asks for that, once, and reach its own numbers', async () => {
    const { control, sms, last, arrivals } = await startSubscribed({ '/texts': undefined });
    await sms.send({ from: owned, to: ['+15555550123'], message: 'No report.' });
    await control.advance(0);
    expect(arrivals()).toEqual([]);
    const [sent] = await sms.send(
      { from: owned, to: ['+15555550123'], message: 'Hi' },
      { enableDeliveryReport: true, tag: 't' },
    );
    await control.advance(0);
    expect(last('SMSDeliveryReportReceived').data).toMatchObject({
      messageId: sent?.messageId,
      from: owned,
      to: '+15555550123',
      deliveryStatus: 'Delivered',
      deliveryAttempts: [{ segmentsSucceeded: 1, segmentsFailed: 0 }],
      tag: 't',
    });
    await sms.send({ from: '+15555550199', to: [owned], message: 'To myself' });
    await control.advance(0);
    expect(last('SMSReceived').data).toMatchObject({ from: '+15555550199', to: owned, message: 'To myself' });
  });
});

describe('a text message that no application hears of', () => {
  it('is told to whoever runs the server, because it has no timeline', async () => {
    const { control, problems, callback } = await startSubscribed(
      { '/stranger': undefined },
      { validates: () => false },
    );
    control.phone('+15555550123').text(owned, 'Hello?');
    await control.advance(0);
    expect(problems).toEqual([
      `Microsoft.Communication.SMSReceived is not delivered: ${callback.replace('/events', '/stranger')} has not answered the validation of its Event Grid subscription`,
    ]);
  });
});

describe('a text message that cannot be delivered', () => {
  const failed = { deliveryStatus: 'Failed', deliveryAttempts: [{ segmentsSucceeded: 0, segmentsFailed: 2 }] };
  const report = { enableDeliveryReport: true };
  const message = 'x'.repeat(161);

  it('is accepted, reported as failed, and in no inbox: to a number that does not exist', async () => {
    const { control, sms, last } = await startSubscribed({ '/texts': undefined });
    const [sent] = await sms.send({ from: owned, to: ['+12065550104'], message }, report);
    await control.advance(0);
    expect(sent).toMatchObject({ successful: true, httpStatusCode: 202 });
    expect(last('SMSDeliveryReportReceived').data).toMatchObject({ messageId: sent?.messageId, ...failed });
    expect(control.phone('+12065550104').inbox()).toEqual([]);
  });

  it('or to any number while the fault for it is switched on', async () => {
    const { control, sms, last } = await startSubscribed({ '/texts': undefined });
    control.fault({ name: 'acs-sms' });
    await sms.send({ from: owned, to: ['+15555550123'], message }, report);
    await control.advance(0);
    expect(last('SMSDeliveryReportReceived').data).toMatchObject(failed);
    control.clearFault('acs-sms');
    await sms.send({ from: owned, to: ['+15555550123'], message }, report);
    await control.advance(0);
    expect(last('SMSDeliveryReportReceived').data).toMatchObject({ deliveryStatus: 'Delivered' });
    expect(control.phone('+15555550123').inbox()).toHaveLength(1);
  });
});

describe('the life of a call', () => {
  it('is announced: its start, the users of the resource that come and go, and its end', async () => {
    const { control, calls, callback, received, arrivals, last } = await startSubscribed({ '/life': undefined });
    const { callConnection } = await calls.createGroupCall([callee, agent], callback, { sourceCallIdNumber: callerId });
    await control.advance('2s');
    await callConnection.removeParticipant(agent);
    await control.advance('3s');
    await callConnection.hangUp(true);
    await control.advance(0);
    expect(arrivals()).toEqual([
      '/life CallStarted',
      '/life CallParticipantAdded',
      '/life CallParticipantRemoved',
      '/life CallEnded',
    ]);
    const { serverCallId, correlationId, startedBy } = last('CallStarted').data;
    expect(startedBy.rawId).toMatch(/^8:acs:c0157e51/);
    expect(startedBy.communicationIdentifier).toEqual({ ...startedBy, communicationIdentifier: undefined });
    expect(last('CallStarted').subject).toBe(`call/${serverCallId}/startedBy/${startedBy.rawId}`);
    const user = { rawId: agent.communicationUserId, kind: 'communicationUser' };
    for (const type of ['CallParticipantAdded', 'CallParticipantRemoved']) {
      expect(last(type)).toMatchObject({
        subject: `call/${serverCallId}/participant/${agent.communicationUserId}`,
        data: { user, startedBy, serverCallId, correlationId, isTwoParty: false, isRoomsCall: false },
      });
    }
    expect(last('CallEnded')).toMatchObject({
      subject: `call/${serverCallId}`,
      data: { durationOfCall: 4, callDurationInSeconds: 4, startedBy, serverCallId },
    });
    expect(received).toHaveLength(5);
  });

  it('begins with the caller when a phone dials, once somebody answers', async () => {
    const { control, calls, callback, arrivals, last } = await startSubscribed({ '/life': undefined });
    await control.phone('+15555550123').dial(owned);
    await control.advance(0);
    expect(arrivals()).toEqual(['/life IncomingCall']);
    await calls.answerCall(last('IncomingCall').data.incomingCallContext, callback);
    await control.advance(0);
    expect(arrivals()).toEqual(['/life IncomingCall', '/life CallStarted']);
    expect(last('CallStarted').data).toMatchObject({
      startedBy: { rawId: '4:+15555550123' },
      isTwoParty: true,
      serverCallId: last('IncomingCall').data.serverCallId,
    });
  });

  it.each(['CallEnded', 'InitiatorLeft'])('tells why a recording is over: %s', async (sessionEndReason) => {
    const { control, calls, callback, last } = await startSubscribed({ '/life': undefined });
    const { callConnection } = await calls.createCall(
      { targetParticipant: callee, sourceCallIdNumber: callerId },
      callback,
    );
    await control.advance('2s');
    const { serverCallId: id = '' } = await callConnection.getCallConnectionProperties();
    const recording = calls.getCallRecording();
    const { recordingId } = await recording.start({ callLocator: { kind: 'serverCallLocator', id } });
    await control.advance('3s');
    if (sessionEndReason === 'CallEnded') await callConnection.hangUp(true);
    else await recording.stop(recordingId);
    await control.advance(0);
    expect(last('RecordingFileStatusUpdated').data).toMatchObject({
      sessionEndReason,
      recordingDurationMs: 3000,
      recordingStorageInfo: {
        recordingChunks: [
          {
            documentId: recordingId,
            endReason: 'SessionEnded',
            contentLocation: expect.stringMatching(/^http:\/\/countersign\.asm\.skype\.com:\d+\/.*\/content$/),
          },
        ],
      },
    });
  });
});
