import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseCallAutomationEvent } from '@azure/communication-call-automation';
import { VoiceCallbackWebhooks } from '@sinch/voice';
import { createRemoteJWKSet, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { providerEvents, type ProviderEvents, type ReadyEvent } from '../../src/ready-events.ts';
import { startServer } from '../../src/server.ts';

const call = '6d9f0a43-7f1c-4f9e-8d58-3a1b3c1f8a10';
const at = new Date('2026-01-02T03:04:05.678Z');

let acs: ProviderEvents;
let sinch: ProviderEvents;
beforeAll(async () => {
  const byName = new Map((await providerEvents()).map((events) => [events.provider, events]));
  acs = byName.get('acs') as ProviderEvents;
  sinch = byName.get('sinch') as ProviderEvents;
});

const named = ({ events }: ProviderEvents, name: string): ReadyEvent => {
  const event = events.find((candidate) => candidate.name === name);
  if (!event) throw new Error(`there is no ${name}`);
  return event;
};
const bodyOf = (events: ProviderEvents, name: string): Record<string, unknown> => {
  const value = JSON.parse(named(events, name).body({ call, at, account: events.account })) as unknown;
  return (Array.isArray(value) ? value[0] : value) as Record<string, unknown>;
};

describe('ready events of ACS', () => {
  it('are all that the API has, and the official SDK reads each as what it is', () => {
    const tokened = acs.events.filter(({ proof }) => proof.by === 'token');
    const parser = createRequire(import.meta.url).resolve('@azure/communication-call-automation');
    const source = readFileSync(join(dirname(parser), 'callAutomationEventParser.js'), 'utf8');
    const known = [...source.matchAll(/"Microsoft\.Communication\.(\w+)"/g)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(30);
    expect(acs.events.map(({ name }) => name)).toEqual(expect.arrayContaining(known));
    for (const { name, body } of tokened) {
      const [envelope] = JSON.parse(body({ call, at, account: acs.account })) as Record<string, unknown>[];
      const event = parseCallAutomationEvent(envelope as never) as { kind: string; callConnectionId: string };
      expect(event.kind).toBe(name.split('.')[0]);
      expect(event.callConnectionId).toMatch(/^[\da-f-]{36}$/);
      expect(envelope?.['time']).toBe('2026-01-02T03:04:05.6780000+00:00');
    }
  });

  it('carry a token for the resource that is asked for, under the key that is asked for', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), kty: 'RSA', kid: 'mine', alg: 'RS256' } as const;
    const header = (await acs.token?.authorization('my-resource', new Date(), key)) ?? '';
    expect(header).toMatch(/^Bearer /);
    const token = header.slice('Bearer '.length);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', kid: 'mine' });
    const { payload } = await jwtVerify(token, publicKey, { audience: 'my-resource', issuer: acs.token?.issuer ?? '' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  });

  it('signed with the development key are taken by whoever trusts the keys of a local server', async () => {
    const server = await startServer({ port: 0, clock: 'virtual' });
    const token = acs.token;
    if (!token) throw new Error('ACS has a token');
    const header = await token.authorization(acs.account, new Date(), token.developmentKey);
    const keys = createRemoteJWKSet(new URL(token.keysPath, server.url));
    await jwtVerify(header.slice(7), keys, { audience: acs.account, issuer: token.issuer });
    await server.close();
  });

  it('a key that is no key is refused', async () => {
    await expect(
      acs.token?.authorization('x', new Date(), { kty: 'RSA', kid: 'none', alg: 'RS256' }),
    ).rejects.toThrow();
  });

  it('of Event Grid have its envelope, and nothing that proves them', () => {
    const grid = acs.events.filter(({ proof }) => proof.by === 'nothing');
    expect(grid.map(({ name }) => name)).toEqual([
      'SubscriptionValidation',
      'IncomingCall',
      'CallStarted',
      'CallParticipantAdded',
      'CallParticipantRemoved',
      'CallEnded',
      'RecordingFileStatusUpdated',
      'SMSReceived',
      'SMSDeliveryReportReceived',
    ]);
    expect(bodyOf(acs, 'IncomingCall')).toMatchObject({
      eventType: 'Microsoft.Communication.IncomingCall',
      eventTime: '2026-01-02T03:04:05.6780000Z',
      data: { from: { phoneNumber: { value: '+12065550111' } }, to: { phoneNumber: { value: '+12065550100' } } },
    });
    expect(bodyOf(acs, 'CallEnded')).toMatchObject({ data: { durationOfCall: 42 } });
    expect(bodyOf(acs, 'RecordingFileStatusUpdated')).toMatchObject({ data: { recordingDurationMs: 42_000 } });
    expect(bodyOf(acs, 'CallParticipantAdded')).toMatchObject({ data: { user: { kind: 'communicationUser' } } });
    expect(bodyOf(acs, 'SMSReceived')).toMatchObject({ data: { message: 'Hello world' } });
    const validation = bodyOf(acs, 'SubscriptionValidation')['data'] as { validationCode: string };
    expect(validation.validationCode).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('ready events of Sinch', () => {
  it('are read by the official SDK, each as what it is', () => {
    const webhooks = new VoiceCallbackWebhooks({ applicationKey: 'k', applicationSecret: 'cw==' });
    for (const { name, body } of sinch.events) {
      const event = webhooks.parseEvent(JSON.parse(body({ call, at, account: 'my-key' }))) as unknown as {
        event: string;
        callid: string;
        timestamp: Date;
        applicationKey: string;
      };
      expect(event.event).toBe(name.split('.')[0]);
      expect(event.applicationKey).toBe('my-key');
      expect(event.callid).toBe(call);
    }
  });

  it('are all notifications that the server sends, as its documents list them', () => {
    const page = readFileSync(new URL('../../../../docs/sinch-operations.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| notify ([^|]*)/gm)].map(([, names = '']) => names);
    const listed = rows.flatMap((names) => [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    expect(listed.length).toBeGreaterThan(5);
    const sent = sinch.events.map(({ name }) => bodyOf(sinch, name)).filter(({ event }) => event === 'notify');
    expect(sent.map(({ type }) => type).toSorted()).toEqual(listed.toSorted());
  });

  it('say what has become of the call', () => {
    expect(bodyOf(sinch, 'dice')).toMatchObject({ result: 'ANSWERED', reason: 'CALLERHANGUP', duration: 30 });
    expect(bodyOf(sinch, 'pie')).toMatchObject({ menuResult: { type: 'return', value: '1' } });
    expect(bodyOf(sinch, 'notify')).toMatchObject({ type: 'recording_available' });
  });
});

it('events of two calls have no id in common', () => {
  const other = named(acs, 'CallConnected').body({ call: 'another', at, account: acs.account });
  const [envelope] = JSON.parse(other) as Record<string, unknown>[];
  expect(envelope?.['id']).not.toBe(bodyOf(acs, 'CallConnected')['id']);
  expect(envelope?.['source']).not.toBe(bodyOf(acs, 'CallConnected')['source']);
});
