import { createHash, createHmac } from 'node:crypto';
import { message, type Message } from '@countersign/core/message';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { livekit } from '@countersign/core/schemes/livekit';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret } from '@countersign/core/secret';
import { verify, type Accepted } from '@countersign/core/verify';
import { describe, expect, it } from 'vitest';
import { replayGuard, type ReplayOptions, type ReplayVerdict } from '../../src/replay/replay-guard.ts';
import type { Claim, ReplayStore } from '../../src/replay/replay-store.ts';
import { memoryStore } from '../../src/stores/memory.ts';

const secret = 'correct horse';
const signedAt = 1_700_000_000;

/** A webhook as Sinch's page on validating callbacks describes it, signed by node:crypto. */
function webhook(nonce: string, body = '{}', at = signedAt): Message {
  const signature = createHmac('sha256', secret).update(`${body}.${nonce}.${at}`).digest('base64');
  return message({
    method: 'POST',
    url: 'https://app.example.com/hooks',
    headers: {
      'x-sinch-webhook-signature': signature,
      'x-sinch-webhook-signature-nonce': nonce,
      'x-sinch-webhook-signature-timestamp': String(at),
    },
    body,
  });
}

function accepted(request: Message, scheme: Scheme = sinchWebhook): Accepted {
  const now = new Date(signedAt * 1000);
  const result = verify(scheme, { secret: new Secret(secret, 'utf8') }, request, { now });
  if (!result.ok) throw new Error(result.summary);
  return result;
}

function fresh(verdict: ReplayVerdict): Extract<ReplayVerdict, { replay: 'fresh' }> {
  if (!verdict.ok || verdict.replay !== 'fresh') throw new Error(`not fresh: ${JSON.stringify(verdict)}`);
  return verdict;
}

const guard = (options: Partial<ReplayOptions> = {}, store: ReplayStore = memoryStore()) =>
  replayGuard(store, { scheme: sinchWebhook, ...options });

describe('replayGuard', () => {
  it('lets a request in once, and knows it again however its headers are spelled', async () => {
    const replays = guard();
    const request = webhook('01HV');
    expect(await replays.claim(accepted(request))).toMatchObject({ ok: true, replay: 'fresh' });
    const respelled = {
      ...request,
      headers: request.headers.map(([name, value]) => [name.toUpperCase(), value] as const),
    };
    expect(await replays.claim(accepted(respelled))).toMatchObject({ ok: false, code: 'replay/repeated' });
    expect(await replays.claim(accepted(webhook('01HW')))).toMatchObject({ ok: true, replay: 'fresh' });
  });

  it('remembers a request that says until when it is valid until then, because it would else pass once more', async () => {
    const asked: number[] = [];
    const store: ReplayStore = {
      ...memoryStore(),
      claim: async (key, ttlMs) => (asked.push(ttlMs), memoryStore().claim(key, ttlMs)),
    };
    const inSeconds = Math.floor(Date.now() / 1000) + 3600;
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: 'APIkey', exp: inSeconds, sha256: createHash('sha256').update('{}').digest('base64') };
    const input = `${encoded({ alg: 'HS256' })}.${encoded(claims)}`;
    const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
    const request = message({
      method: 'POST',
      url: 'https://app.example.com/',
      headers: { authorization: token },
      body: '{}',
    });
    const result = verify(livekit, { keyId: 'APIkey', secret: new Secret(secret, 'utf8') }, request);
    if (!result.ok) throw new Error(result.summary);
    await replayGuard(store, { scheme: livekit }).claim(result);
    // An hour, and the ten seconds that clocks may be apart.
    expect(asked[0]).toBeGreaterThan(3_600_000);
    expect(asked[0]).toBeLessThan(3_620_000);
  });

  it('remembers for twice the tolerance, because a date may lie ahead', async () => {
    const asked: number[] = [];
    const store: ReplayStore = { claim: (_, ttlMs) => (asked.push(ttlMs), { fresh: true, release: () => undefined }) };
    const claim = async (options: Partial<ReplayOptions>): Promise<unknown> =>
      guard(options, store).claim(accepted(webhook('01HV')));
    await claim({});
    await claim({ toleranceSeconds: 60 });
    await claim({ toleranceSeconds: 0 });
    await claim({ toleranceSeconds: Infinity, ttlSeconds: 5 });
    // Sinch's five minutes, twice.
    expect(asked).toEqual([600_000, 120_000, 1000, 5000]);
  });

  it('does not start where requests would be forgotten while they are fresh', () => {
    expect(() => guard({ ttlSeconds: 599 })).toThrow(/at least 600/);
    expect(() => guard({ ttlSeconds: 600 })).not.toThrow();
    expect(() => guard({ toleranceSeconds: Infinity })).toThrow(/ttlSeconds/);
  });

  it('asks for a time to live where nothing is dated, and says that a later replay passes', async () => {
    expect(() => guard({ scheme: sinchNumbers })).toThrow(/sinch-numbers signs no time.*ttlSeconds/);
    const signature = createHmac('sha1', secret).update('{}').digest('hex');
    const url = 'https://app.example.com/numbers';
    const request = message({ method: 'POST', url, headers: { 'x-sinch-signature': signature }, body: '{}' });
    const verified = accepted(request, sinchNumbers);
    for (const [ttlSeconds, laterReplayPasses] of [
      [3600, true],
      [Infinity, false],
    ] as const) {
      const replays = guard({ scheme: sinchNumbers, ttlSeconds });
      expect(await replays.claim(verified)).toMatchObject({ replay: 'fresh', laterReplayPasses });
    }
    expect(fresh(await guard().claim(accepted(webhook('01HV')))).laterReplayPasses).toBe(false);
  });

  it('lets the retry pass of a request that was released', async () => {
    const replays = guard();
    await fresh(await replays.claim(accepted(webhook('01HV')))).release();
    expect(await replays.claim(accepted(webhook('01HV')))).toMatchObject({ replay: 'fresh' });
  });

  it('keeps what was settled, whatever is released afterwards', async () => {
    const replays = guard();
    const verdict = fresh(await replays.claim(accepted(webhook('01HV'))));
    await verdict.settle();
    await verdict.release();
    expect(await replays.claim(accepted(webhook('01HV')))).toMatchObject({ code: 'replay/repeated' });
  });

  it('answers a repeat with the first outcome, and not before there is one', async () => {
    const replays = guard({ onRepeat: 'repeat-outcome' });
    const verdict = fresh(await replays.claim(accepted(webhook('01HV'))));
    expect(await replays.claim(accepted(webhook('01HV')))).toMatchObject({ ok: false, code: 'replay/in-progress' });
    const outcome = { status: 200, headers: [['X', 'y']] as const, body: Buffer.from('done') };
    await verdict.settle(outcome);
    const again = await replays.claim(accepted(webhook('01HV')));
    expect(again).toMatchObject({
      ok: false,
      code: 'replay/repeated',
      outcome: { status: 200, headers: [['X', 'y']] },
    });
  });

  it('can let repeats pass, and says that they are', async () => {
    const replays = guard({ onRepeat: 'allow' });
    await replays.claim(accepted(webhook('01HV')));
    expect(await replays.claim(accepted(webhook('01HV')))).toMatchObject({ ok: true, replay: 'repeated' });
  });

  it('lets nobody in when the store fails, and says so', async () => {
    const broken: ReplayStore = { claim: () => Promise.reject(new Error('connect ECONNREFUSED')) };
    const verdict = await guard({ onRepeat: 'allow' }, broken).claim(accepted(webhook('01HV')));
    expect(verdict).toMatchObject({ ok: false, code: 'replay/unavailable' });
    expect(verdict.ok || verdict.summary).toMatch(/ECONNREFUSED/);
    const throwing: ReplayStore = {
      claim: () => {
        throw new Error('full');
      },
    };
    expect(await guard({}, throwing).claim(accepted(webhook('01HV')))).toMatchObject({ code: 'replay/unavailable' });
  });

  it('lets nobody in when the store is slow, and releases the claim that comes too late', async () => {
    let answer: (claim: Claim) => void = () => undefined;
    const released = new Promise<boolean>((resolve) => {
      const slow: ReplayStore = { claim: () => new Promise((settled) => (answer = settled)) };
      void guard({ deadlineMs: 5 }, slow)
        .claim(accepted(webhook('01HV')))
        .then((verdict) => {
          expect(verdict).toMatchObject({ ok: false, code: 'replay/unavailable' });
          answer({ fresh: true, release: () => resolve(true) });
        });
    });
    expect(await released).toBe(true);
  });

  it('does not fail a request that was acted upon because the store lost its outcome', async () => {
    const store: ReplayStore = {
      claim: () => ({
        fresh: true,
        release: () => Promise.reject(new Error('gone')),
        settle: () => Promise.reject(new Error('gone')),
      }),
    };
    const outcome = { status: 200, headers: [], body: new Uint8Array(0) };
    await expect(fresh(await guard({}, store).claim(accepted(webhook('1')))).settle(outcome)).resolves.toBeUndefined();
    await expect(fresh(await guard({}, store).claim(accepted(webhook('1')))).release()).resolves.toBeUndefined();
  });

  it('knows a message by its signed id, also when the provider signs its retry anew', async () => {
    const replays = guard({ messageIdHeader: 'X-Sinch-Webhook-Signature-Nonce' });
    const [first, retry, other] = [webhook('01HV'), webhook('01HV', '{}', signedAt + 60), webhook('01HW')];
    expect(await replays.claim(accepted(first), first)).toMatchObject({ replay: 'fresh' });
    expect(await replays.claim(accepted(retry), retry)).toMatchObject({ code: 'replay/repeated' });
    expect(await replays.claim(accepted(other), other)).toMatchObject({ replay: 'fresh' });
  });

  it('believes no message id that the signature does not cover', async () => {
    const request = webhook('01HV');
    const claimed = { ...request, headers: [...request.headers, ['X-Id', '7'] as const] };
    const replays = guard({ messageIdHeader: 'x-id' });
    expect(await replays.claim(accepted(claimed), claimed)).toMatchObject({ ok: false, code: 'replay/id-unsigned' });
    expect(await replays.claim(accepted(request))).toMatchObject({ ok: false, code: 'replay/id-unsigned' });
  });

  it('claims nothing of what was refused', async () => {
    const refused = verify(sinchWebhook, { secret: new Secret('another', 'utf8') }, webhook('01HV'));
    await expect(guard().claim(refused as unknown as Accepted)).rejects.toThrow(TypeError);
  });

  it.each([
    [{ onRepeat: 'ignore' as never }, /onRepeat/],
    [{ ttlSeconds: Number.NaN }, /ttlSeconds/],
    [{ deadlineMs: 0 }, /deadlineMs/],
  ])('does not start with %j', (options, problem) => {
    expect(() => guard(options)).toThrow(problem);
  });

  it('takes a scheme of your own', async () => {
    const own = defineScheme({ ...sinchNumbers, id: 'own', title: 'Own' });
    expect(() => replayGuard(memoryStore(), { scheme: own, ttlSeconds: 60 })).not.toThrow();
    expect(() => replayGuard({} as never, { scheme: own, ttlSeconds: 60 })).toThrow(/claim/);
  });
});
