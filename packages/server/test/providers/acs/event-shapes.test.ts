import { readFileSync } from 'node:fs';
import { parseCallAutomationEvent } from '@azure/communication-call-automation';
import { parseCallAutomationEvent as parseOlderEvent } from 'acs-call-automation-1.2';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { apiVersions } from '../../../src/providers/acs/protocol/api-versions.ts';
import { cloudEvent } from '../../../src/providers/acs/events/envelope.ts';
import { isKnownEvent } from '../../../src/providers/acs/events/event-versions.ts';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import type { ReceivedEvent } from './application.ts';
import { callee, connectedCall, connectedGroup, text } from './calls-under-test.ts';
import { eventNames } from './event-names.ts';
import { specifications } from './openapi-conformance.ts';
import { sendSigned } from './raw-request.ts';

interface Recorded {
  readonly provenance: { readonly envelopeOrder: readonly string[] };
  readonly data: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const recorded = JSON.parse(
  readFileSync(new URL('fixtures/recorded-event-shapes.json', import.meta.url), 'utf8'),
) as Recorded;

describe('events have the recorded shape', () => {
  it('in an array of one CloudEvent, with its members in order, and times with seven digits', async () => {
    const acs = await startAcs();
    await playOnce(acs);
    for (const { raw, time, source, subject, data } of acs.events) {
      const [envelope] = JSON.parse(raw) as Record<string, unknown>[];
      expect(Object.keys(envelope ?? {})).toEqual(recorded.provenance.envelopeOrder);
      expect(envelope).toMatchObject({ specversion: '1.0', datacontenttype: 'application/json' });
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00$/);
      expect(source).toBe(`calling/callConnections/${data['callConnectionId']}`);
      expect(subject).toBe(source);
    }
    expect(new Set(acs.events.map(({ id }) => id)).size).toBe(acs.events.length);
    expect(new Set(acs.events.map(({ data }) => data['correlationId'])).size).toBe(1);
  });

  it.each(['CallConnected', 'ParticipantsUpdated', 'PlayStarted', 'PlayCompleted'])(
    '%s has its members in the recorded order',
    async (name) => {
      const acs = await startAcs();
      await playOnce(acs);
      expectOrder(
        acs.events.find((event) => event.name === name),
        recorded.data[name],
      );
    },
  );

  it('PlayFailed, PlayCanceled, CallDisconnected, CreateCallFailed and the rest too', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs, { ...speech, operationContext: 'playAudioCreateCall' });
    const media = call.getCallMedia();
    await media.playToAll([{ kind: 'fileSource', url: 'https://cdn.test/picture.png' }]);
    await media.playToAll([text('A text that is canceled')], { operationContext: 'CancelplayToAllAudio' });
    await acs.advance(100);
    await media.cancelAllOperations();
    await media.sendDtmfTones(['one'], callee, { operationContext: 'ContinuousDtmfRecognitionSend' });
    await acs.advance(1000);
    await media.startContinuousDtmfRecognition(callee, {});
    await media.stopContinuousDtmfRecognition(callee, { operationContext: 'ContinuousDtmfRecognitionStop' });
    acs.phones.setScript('+15555550188', { pickUp: 'manual' });
    const added = await call.addParticipant({
      targetParticipant: { phoneNumber: '+15555550188' },
      sourceCallIdNumber: { phoneNumber: '+12065550100' },
    });
    await call.cancelAddParticipantOperation(added.invitationId ?? '', { operationContext: 'cancelOp' });
    await call.hangUp(true);
    acs.phones.setScript('8:acs:a_b', { pickUp: 'decline' });
    await acs.client.createCall({ targetParticipant: { communicationUserId: '8:acs:a_b' } }, acs.callback());
    await acs.advance(5000);
    const find = (name: string) => acs.events.find((event) => event.name === name);
    expectOrder(find('PlayFailed'), recorded.data['PlayFailed']);
    for (const name of [
      'PlayCanceled',
      'SendDtmfTonesCompleted',
      'ContinuousDtmfRecognitionStopped',
      'CancelAddParticipantSucceeded',
      'CreateCallFailed',
    ]) {
      expectOrder(find(name), recorded.data[name]);
    }
    expectOrder(find('CallDisconnected'), recorded.data['CallDisconnected/terminated-by-this-app']);
    expect(find('PlayCanceled')?.data['resultInformation']).toEqual(
      recorded.data['PlayCanceled']?.['resultInformation'],
    );
    expect(find('CreateCallFailed')?.data['resultInformation']).toEqual(
      recorded.data['CreateCallFailed']?.['resultInformation'],
    );
    expect(find('SendDtmfTonesCompleted')?.data['resultInformation']).toEqual(
      recorded.data['SendDtmfTonesCompleted']?.['resultInformation'],
    );
    expect(find('ContinuousDtmfRecognitionStopped')?.data['resultInformation']).toEqual(
      recorded.data['ContinuousDtmfRecognitionStopped']?.['resultInformation'],
    );
    expect(find('CancelAddParticipantSucceeded')?.data['resultInformation']).toEqual({
      code: 200,
      subCode: 5300,
      message:
        'addParticipants failed for participant 4:+15555550188. Underlying reason: The conversation has ended. DiagCode: 0#5300.@',
    });
  });
});

describe('each API version gets the events it knows', () => {
  it('every event of the published specifications, and no other, at those versions', () => {
    for (const { version, events } of specifications) {
      const known = eventNames.filter((name) => isKnownEvent(name, version as never));
      // The specification of 2023-10-15 lists an event of compliance recording that no operation here causes; that of
      // 2026-03-12 lists the Event Grid event beside those of Call Automation.
      expect(known.toSorted()).toEqual(events.filter((name) => name !== 'IncomingCall').toSorted());
    }
  });

  it.each([
    ['2023-03-06', ['CallConnected', 'ParticipantsUpdated', 'PlayCompleted', 'CallDisconnected']],
    ['2023-10-15', ['CallConnected', 'ParticipantsUpdated', 'PlayCompleted', 'CallDisconnected']],
    ['2024-04-15', ['CallConnected', 'ParticipantsUpdated', 'PlayCompleted', 'CallDisconnected']],
    ['2024-09-15', ['CallConnected', 'ParticipantsUpdated', 'PlayStarted', 'PlayCompleted', 'CallDisconnected']],
    ['2025-06-15', ['CallConnected', 'ParticipantsUpdated', 'PlayStarted', 'PlayCompleted', 'CallDisconnected']],
    ['2026-03-12', ['CallConnected', 'ParticipantsUpdated', 'PlayStarted', 'PlayCompleted', 'CallDisconnected']],
  ])('a call made with %s', async (version, names) => {
    const acs = await startAcs({ parser: version < '2024-09-15' ? '1.2' : 'current' });
    await playFile(acs, version);
    expect(acs.names()).toEqual(names);
    for (const { data } of acs.events) expect(data['version']).toBe(version);
    const connected = acs.events[0]?.data ?? {};
    expect('resultInformation' in connected).toBe(version >= '2024-09-15');
  });

  it('in words that the parser of either SDK line takes', () => {
    const context = {
      identity: { callConnectionId: 'c', serverCallId: 's', correlationId: 'x' },
      occasion: [1],
      atMs: 0,
    };
    const participant = { rawId: '4:+15555550123', kind: 'phoneNumber', phoneNumber: { value: '+15555550123' } };
    for (const apiVersion of apiVersions) {
      for (const name of eventNames) {
        if (!isKnownEvent(name, apiVersion)) continue;
        const event = {
          name,
          data: ({ version, ids }: any) => ({ version, participant, participants: [], ...ids }),
        };
        const body = JSON.stringify([cloudEvent(event, { ...context, apiVersion })]);
        expect(parseCallAutomationEvent(body).kind).toBe(name);
        if (apiVersion <= '2024-04-15') expect(parseOlderEvent(body).kind).toBe(name);
      }
    }
  });
});

describe('the token of an event', () => {
  it('is fresh for each delivery, and holds for five minutes of wall-clock time', async () => {
    const acs = await startAcs();
    await connectedCall(acs);
    await acs.clock.settle();
    const [callback] = acs.outbox.list();
    const tokens = callback?.attempts.map(({ requestHeaders }) => new Map(requestHeaders).get('Authorization') ?? '');
    const claims = decodeJwt(tokens?.[0]?.replace('Bearer ', '') ?? '');
    expect(claims).toMatchObject({
      iss: 'https://acscallautomation.communication.azure.com',
      aud: 'c0157e51-0000-4000-8000-000000000001',
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
    expect(Math.abs((claims.iat ?? 0) * 1000 - Date.now())).toBeLessThan(60_000);
  });

  it('can be verified with what the server publishes at the paths of Azure', async () => {
    const acs = await startAcs();
    const metadata = await (await fetch(`${acs.url}/calling/.well-known/acsopenidconfiguration`)).json();
    expect(metadata).toMatchObject({
      issuer: 'https://acscallautomation.communication.azure.com',
      jwks_uri: `${acs.url}/calling/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    });
    const keys = await (await fetch(`${acs.url}/calling/keys`)).json();
    expect(keys.keys).toHaveLength(1);
    expect(Object.keys(keys.keys[0]).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

const speech = { callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.test/' } };

async function playOnce(acs: AcsUnderTest): Promise<void> {
  const call = await connectedGroup(acs);
  acs.phones.hangUp('+15555550123');
  const { callConnection } = await acs.client.createCall(
    { targetParticipant: callee, sourceCallIdNumber: { phoneNumber: '+12065550100' } },
    acs.callback(),
    { ...speech, operationContext: 'playAudioCreateCall' },
  );
  await call.hangUp(true);
  await acs.advance(1000);
  acs.events.splice(
    0,
    acs.events.findIndex(({ name }) => name === 'CallConnected'),
  );
  await callConnection.getCallMedia().playToAll([text('Hello')], { operationContext: 'playAudio' });
  await acs.advance(1000);
}

async function playFile(acs: AcsUnderTest, version: string): Promise<void> {
  const created = await sendSigned(acs.url, {
    path: `/calling/callConnections?api-version=${version}`,
    body: { targets: [{ communicationUser: { id: '8:acs:a_b' } }], callbackUri: acs.callback() },
  });
  const { callConnectionId } = (await created.json()) as { callConnectionId: string };
  await acs.advance(1000);
  await sendSigned(acs.url, {
    path: `/calling/callConnections/${callConnectionId}:play?api-version=${version}`,
    body: { playSources: [{ kind: 'file', file: { uri: 'https://cdn.test/a.wav' } }], playTo: [] },
  });
  await acs.advance(3000);
  await sendSigned(acs.url, {
    method: 'DELETE',
    path: `/calling/callConnections/${callConnectionId}?api-version=${version}`,
  });
  await acs.advance(0);
}

/** Members in the same order; one that the recording lacks (a newer member) may stand anywhere. */
function expectOrder(event: ReceivedEvent | undefined, shape: Readonly<Record<string, unknown>> | undefined): void {
  expect(event).toBeDefined();
  expect(shape).toBeDefined();
  const expected = Object.keys(shape ?? {});
  expect(Object.keys(event?.data ?? {}).filter((name) => expected.includes(name))).toEqual(
    expected.filter((name) => name in (event?.data ?? {})),
  );
  expect(expected.filter((name) => !(name in (event?.data ?? {})) && name !== 'operationContext')).toEqual([]);
}
