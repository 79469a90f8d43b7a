import { generateKeyPairSync, sign } from 'node:crypto';
import { message, type Header } from '@countersign/core/message';
import { PublicKey } from '@countersign/core/public-key';
import { sendgrid } from '@countersign/core/schemes/sendgrid';
import { standardWebhooksEd25519 } from '@countersign/core/schemes/standard-webhooks-ed25519';
import { telnyx } from '@countersign/core/schemes/telnyx';
import { verifyAsync } from '@countersign/core/verify-async';
import { expect, test } from 'vitest';

// One signature, two requests: what was signed is cut wherever its bytes allow, and each cut is sent as a request of its own.

const time = '1717000000';
const now = new Date(Number(time) * 1000);
const bodies = ['5', '5.5', '|5|{}', `${time}|{}`, `.${time}.{}`, `${time}.${time}.{}`, '0[{}]\r\n', `${time}[{}]`];

const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const layouts = [
  { scheme: telnyx, pair: ed25519, names: ['telnyx-timestamp'], values: [time], separator: '|', before: '' },
  {
    scheme: sendgrid,
    pair: p256,
    names: ['x-twilio-email-event-webhook-timestamp'],
    values: [time],
    separator: '',
    before: '',
  },
  {
    scheme: standardWebhooksEd25519,
    pair: ed25519,
    names: ['webhook-id', 'webhook-timestamp'],
    values: ['msg_1', time],
    separator: '.',
    before: 'v1a,',
  },
] as const;

/** Every way to cut a text into so many values and a body. */
function* cuts(text: string, count: number, separator: string): Generator<readonly string[]> {
  if (count === 0) {
    yield [text];
    return;
  }
  for (let at = 0; at <= text.length; at++) {
    if (!text.startsWith(separator, at)) continue;
    for (const rest of cuts(text.slice(at + separator.length), count - 1, separator))
      yield [text.slice(0, at), ...rest];
  }
}

test.each(layouts)('a signature of $scheme.id is right for one request alone', async (layout) => {
  const { scheme, pair, names, values, separator, before } = layout;
  const publicKey = new PublicKey(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const header = scheme.authorization.header;
  for (const body of bodies) {
    const text = [...values, body].join(separator);
    const signature = sign(pair === p256 ? 'sha256' : null, Buffer.from(text), pair.privateKey).toString('base64');
    const accepted: string[][] = [];
    for (const cut of cuts(text, names.length, separator)) {
      const headers: Header[] = names.map((name, index) => [name, cut[index] ?? '']);
      const sent = { method: 'POST', url: 'https://example.com/hook', body: cut.at(-1) ?? '' };
      const received = message({ ...sent, headers: [...headers, [header, `${before}${signature}`]] });
      const result = await verifyAsync(scheme, { publicKey }, received, { now });
      if (result.ok) accepted.push([...cut]);
    }
    expect(accepted).toEqual([[...values, body]]);
  }
});
