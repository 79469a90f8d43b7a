import { createHash, createHmac } from 'node:crypto';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { azureSas } from '@countersign/core/schemes/azure-sas';
import { agora } from '@countersign/core/schemes/agora';
import { bird } from '@countersign/core/schemes/bird';
import { schemes } from '@countersign/core/schemes/catalog';
import { stripe } from '@countersign/core/schemes/stripe';
import { twilio } from '@countersign/core/schemes/twilio';
import { twilioJson } from '@countersign/core/schemes/twilio-json';
import { vonageSms } from '@countersign/core/schemes/vonage-sms';
import { describe, expect, test } from 'vitest';

// What providers sent, signed with node:crypto alone: whoever receives it is accused of nothing that did not happen.

const secret = '8b0c5f0e4d1a4f7c9e2b6a3d7c1f5e90';
const now = new Date('2026-11-30T01:00:00Z');
const seconds = '1796000400';

function found(scheme: Scheme, request: Parameters<typeof message>[0], exactBody = false): Diagnosis {
  const options = { now, exactBody, callerHoldsKey: true, otherSchemes: schemes, budget: { ms: 500 } };
  return diagnose(scheme, { secret }, message(request), options);
}
const ids = ({ verdict, mistakes }: Diagnosis): string[] => [verdict, ...mistakes.map(({ id }) => id)];

describe('a Twilio webhook whose URL carries the hash of its body', () => {
  const sent = '{"event":"call.started"}';
  const url = `https://hooks.example.org/voice?bodySHA256=${createHash('sha256').update(sent).digest('hex')}`;
  const headers = {
    Host: 'hooks.example.org',
    'Content-Type': 'application/json',
    'X-Twilio-Signature': createHmac('sha1', secret).update(url).digest('base64'),
  };

  test('is right with the body that was sent', () => {
    expect(ids(found(twilioJson, { method: 'POST', url, headers, body: sent }, true))).toEqual(['valid']);
  });

  test('is of that scheme where another one signs nothing of its body', () => {
    const judged = found(twilio, { method: 'POST', url, headers, body: sent }, true);
    expect(ids(judged)).toEqual(['explained', 'scheme/other']);
    expect(judged.mistakes[0]?.summary).toContain('(twilio-json)');
  });

  test('is not called right with another body, as verification refuses it too', () => {
    const forged = found(twilioJson, { method: 'POST', url, headers, body: '{"quite":"another"}' }, true);
    expect(ids(forged)).toEqual(['explained', 'content-hash/mismatch']);
    expect(forged.mistakes[0]?.summary).toContain('bodySHA256 says');
  });
});

describe('a signature that is right, of a request that verification refuses', () => {
  test('is told to say nothing of a body that is no form', () => {
    const url = 'https://hooks.example.org/voice';
    const headers = {
      Host: 'hooks.example.org',
      'Content-Type': 'application/json',
      'X-Twilio-Signature': createHmac('sha1', secret).update(url).digest('base64'),
    };
    const judged = found(twilio, { method: 'POST', url, headers, body: '{"CallStatus":"completed"}' }, true);
    expect(ids(judged)).toEqual(['explained', 'scheme/form-only']);
    expect(judged.mistakes[0]?.summary).toContain('the Content-Type is "application/json"');
    expect(judged.mistakes[0]).toMatchObject({ certainty: 'certain', expected: 'application/x-www-form-urlencoded' });
    // Without a body there is nothing that it should have signed.
    expect(ids(found(twilio, { method: 'GET', url, headers }, true))).toEqual(['valid']);
  });

  test('is told to be of a token for another resource', () => {
    const resource = encodeURIComponent('https://bus.servicebus.windows.net/orders');
    const sig = createHmac('sha256', secret).update(`${resource}\n1796000700`).digest('base64');
    const authorization = `SharedAccessSignature sr=${resource}&sig=${encodeURIComponent(sig)}&se=1796000700&skn=root`;
    const headers = { Host: 'bus.servicebus.windows.net', Authorization: authorization };
    const at = (path: string) =>
      diagnose(
        azureSas,
        { secret, keyId: 'root' },
        message({ method: 'POST', url: `https://bus.servicebus.windows.net${path}`, headers, body: 'x' }),
        { now },
      );
    expect(ids(at('/orders/messages'))).toEqual(['valid']);
    const other = at('/invoices/messages');
    expect(ids(other)).toEqual(['explained', 'request/refused']);
    expect(other.mistakes[0]?.summary).toContain('https://bus.servicebus.windows.net/orders');
  });
});

describe('a form whose last field is its signature', () => {
  const sig = createHash('md5').update(`&text=hi&timestamp=${seconds}&to=123${secret}`).digest('hex');
  const body = `to=123&text=hi&timestamp=${seconds}&sig=${sig}`;
  const headers = { Host: 'hooks.example.org', 'Content-Type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', url: 'https://hooks.example.org/sms', headers };
  const counted = { ...request, headers: { ...headers, 'Content-Length': String(body.length) } };

  test.each(['\n', '\r\n', '\n\n'])('is right in a file that an editor ended with a line break: %j', (end) => {
    for (const one of [request, counted]) {
      const edited = found(vonageSms, { ...one, body: body + end });
      expect(ids(edited)).toEqual(['valid']);
      expect(edited.notes.map(({ id }) => id)).toContain('input/edited');
    }
  });

  test('is told of its parameter, and of no header that there is not', () => {
    const spoilt = found(vonageSms, { ...counted, body: `${body} ` }, true);
    expect(ids(spoilt)).toEqual(['explained', 'header/authorization-syntax']);
    expect(spoilt.mistakes[0]?.summary).toMatch(/^The parameter sig is malformed: /);
    const unsigned = found(vonageSms, { ...request, body: 'to=123&text=hi' }, true);
    expect(unsigned.mistakes[0]?.summary).toBe('The request carries no signature: it has no parameter sig.');
  });
});

describe('a webhook of one provider that is judged as that of another', () => {
  const url = 'https://hooks.example.org/in';
  const body = '{"id":"c1"}';
  const hmac = (algorithm: string, ...pieces: (string | Buffer)[]) =>
    createHmac(algorithm, secret).update(Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))));
  const digest = createHash('sha256').update(body).digest();
  const older = {
    'MessageBird-Request-Timestamp': seconds,
    'MessageBird-Signature': hmac('sha256', `${seconds}\n\n`, digest).digest('base64'),
  };
  const ofJambonz = `t=${seconds},v1=${hmac('sha256', `${seconds}.${body}`).digest('hex')}`;
  const ofTwilio = hmac('sha256', url).digest('base64');
  const settings = { 'X-Twilio-Webhooks-Signature-Settings': 'key=WK1,algorithm=HMAC_SHA256' };

  test.each([
    ['messagebird-legacy', bird, older, body],
    ['jambonz', stripe, { 'Jambonz-Signature': ofJambonz }, body],
    ['bland', agora, { 'X-Webhook-Signature': hmac('sha256', body).digest('hex') }, body],
    ['twilio-shared-key', twilio, { 'X-Twilio-Signature': ofTwilio, ...settings }, ''],
  ])('is told to be of %s, whatever else would give its signature', (id, scheme, signed, sent) => {
    const headers = { Host: 'hooks.example.org', ...signed };
    const judged = found(scheme, { method: 'POST', url, headers, body: sent }, true);
    expect(ids(judged)).toEqual(['explained', 'scheme/other']);
    expect(judged.mistakes[0]?.summary).toContain(`(${id})`);
  });
});

describe('of a body that the provider signed, the sentence', () => {
  const stripeLike = (signed: string, body: string) => {
    const v1 = createHmac('sha256', secret).update(`${seconds}.${signed}`).digest('hex');
    const headers = { Host: 'hooks.example.org', 'Stripe-Signature': `t=${seconds},v1=${v1}` };
    return found(stripe, { method: 'POST', url: 'https://hooks.example.org/in', headers, body }, true).mistakes[0];
  };

  test('says who signed which body, and nothing of code that never ran', () => {
    const spaced = stripeLike('{"a": 1}', '{"a":1}');
    expect(spaced?.id).toBe('body/reserialized');
    expect(spaced?.summary).toMatch(/^The sender signed "{"a": 1}" as the body \(.+\); your server got "{"a":1}"\.$/);
    const empty = stripeLike('', '{"a":1}');
    expect(empty?.id).toBe('body/missing');
    expect(empty?.summary).toBe('The sender signed nothing as the body; your server got "{"a":1}".');
  });

  test('of the hash in a URL tells what arrived', () => {
    const url = `https://hooks.example.org/voice?bodySHA256=${'0'.repeat(64)}`;
    const signature = createHmac('sha1', secret).update(url).digest('base64');
    const headers = { Host: 'hooks.example.org', 'X-Twilio-Signature': signature };
    const [mistake] = found(twilioJson, { method: 'POST', url, headers, body: '{"a":1}' }, true).mistakes;
    expect(mistake?.summary).toMatch(/another body than the one that your server got: bodySHA256 says 0{64};/);
  });
});
