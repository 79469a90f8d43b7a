import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { message, type Header, type Message } from '@countersign/core/message';
import { receivingProgram } from '@countersign/core/programs';
import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';
import { describe, expect, test } from 'vitest';
import { samplesOf, type ProgramSample } from '../languages/program-samples.ts';
import { receivingLanguages, tryReceivers } from '../languages/run-receiving.ts';

const wantsAll = process.env['LANGUAGES'] === 'all';
const key = { id: 'Key-7f', secret: '00e1f2a3b4c5d6e7f8090a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f' };
const publicUrl = 'https://hooks.example.com';

interface Signed {
  readonly scheme: Scheme;
  readonly sample: ProgramSample;
}

/** A delivery as its provider signs it, by core: `ago` seconds before now, with some key. */
function delivery({ scheme, sample }: Signed, ago = 0, secret = key.secret, keyId = key.id): Message {
  const { method, target, headers, body } = sample;
  let unsigned = message({ method, url: publicUrl + target, headers, body });
  const date = new Date(Date.now() - ago * 1000);
  const parameter = scheme.date?.parameter;
  if (parameter !== undefined) {
    const pair: Header = [parameter, String(Math.floor(date.getTime() / 1000))];
    unsigned = signedMessage(unsigned, { headers: [], parameters: [pair] });
  }
  const credential = { keyId, secret: new Secret(secret, scheme.key.encoding) };
  const signature = sign(scheme, credential, unsigned, scheme.date && !parameter ? { date } : {});
  return signedMessage(unsigned, signature);
}

function send(port: number, { method, target, headers, body }: Message): Promise<number> {
  return new Promise((resolve, reject) => {
    const length: Header[] = method === 'GET' ? [] : [['content-length', String((body as Uint8Array).length)]];
    const all = [...headers, ...length].flat();
    const sent = httpRequest({ port, host: '127.0.0.1', method, path: target, headers: all as never });
    sent.on('response', (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject);
    sent.end(body as Uint8Array);
  });
}

async function get(port: number): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  return { status: response.status, text: await response.text() };
}

const text = (body: Message['body']): string => new TextDecoder().decode(body as Uint8Array);

/** Deliveries that must be refused, each by what is wrong with it; only such as the scheme covers. */
function forgeries(signed: Signed): Record<string, Message> {
  const { scheme } = signed;
  const right = delivery(signed);
  const bodyIsSigned = text(right.body) !== '' && scheme.id !== 'plivo-v2';
  const otherSecret = key.secret.replace('00e1', '00e2');
  return {
    'another key': delivery(signed, 0, otherSecret),
    ...(bodyIsSigned && {
      'another body': {
        ...right,
        body: new TextEncoder().encode(`${text(right.body)}&x=1`),
      },
    }),
    'no signature': {
      ...right,
      target: right.target.replace(/&(?:sig|hmac)=\w+/, ''),
      body: new TextEncoder().encode(text(right.body).replace(/&sig=\w+/, '')),
      headers: right.headers.filter(([name]) => name.toLowerCase() !== scheme.authorization.header),
    },
    ...(scheme.date && {
      'an old date': delivery(signed, scheme.date.toleranceSeconds + 60),
      'a date ahead': delivery(signed, -scheme.date.toleranceSeconds - 60),
    }),
    ...(scheme.parts.some(({ source }) => source.from === 'header' && source.header === 'content-type') && {
      'a signed header twice': { ...right, headers: [...right.headers, ['content-type', 'text/plain'] as const] },
    }),
    ...(scheme.authorization.template.includes('{keyId}') && {
      'another key id': delivery(signed, 0, key.secret, 'other'),
    }),
  };
}

function isWritable(language: (typeof receivingLanguages)[number], scheme: Scheme): boolean {
  try {
    return receivingProgram(language, scheme) !== '';
  } catch {
    return false;
  }
}

const chosen = wantsAll ? schemes : schemes.filter(({ id }) => id === 'sinch-application' || id === 'stripe');

test('there are receivers by every scheme but tokens, message signatures, derived keys, and what providers alone receive', () => {
  const without = schemes.filter((scheme) => !isWritable('javascript', scheme)).map(({ id }) => id);
  expect(without.toSorted()).toEqual([
    'aws-sigv4',
    'azure-sas',
    'azure-storage-sharedkey',
    'azure-storage-sharedkeylite',
    'azure-table-sharedkeylite',
    'genesys-audiohook',
    'livekit',
    'messagebird-jwt',
    'rfc9421',
    'vonage-webhook',
  ]);
  const withoutBash = schemes.filter((scheme) => isWritable('javascript', scheme) && !isWritable('bash', scheme));
  expect(withoutBash.map(({ id }) => id)).toEqual(['twilio-json', 'vonage-sms', 'shopify-oauth']);
  expect(() => receivingProgram('postman', schemes[0] as Scheme)).toThrow(
    'a Postman script sends and does not receive',
  );
});

describe.each(wantsAll ? receivingLanguages : (['javascript'] as const))('a generated receiver in %s', (language) => {
  test('accepts what is rightly signed and fresh, and nothing else', { timeout: 1_800_000 }, async () => {
    const own = chosen.filter((scheme) => isWritable(language, scheme));
    const programs = new Map(own.map((scheme) => [scheme.id, receivingProgram(language, scheme)]));
    const env = { SIGNING_SECRET: key.secret, SIGNING_KEY_ID: key.id, PUBLIC_URL: publicUrl };
    const wrong: string[] = [];
    await tryReceivers(language, programs, env, async (id, receiver) => {
      const scheme = own.find((one) => one.id === id) as Scheme;
      for (const sample of samplesOf(scheme, false)) {
        const signed = { scheme, sample };
        const accepted = await send(receiver.port, delivery(signed));
        if (accepted !== 204) wrong.push(`${id} ${sample.name}: ${accepted}, where it is right\n${receiver.errors()}`);
        for (const [fault, forged] of Object.entries(forgeries(signed))) {
          const status = await send(receiver.port, forged);
          if (status !== 401) wrong.push(`${id} ${sample.name}: ${status} for ${fault}\n${receiver.errors()}`);
        }
      }
    });
    if (wrong.length > 0) expect.fail(`${wrong.length} of ${own.length}\n${wrong.join('\n').slice(0, 6000)}`);
  });

  test('accepts nothing where it was given no secret: an empty key is known to everybody', async () => {
    const body = '{"zen":"Approachable is better than simple."}';
    const signature = createHmac('sha256', '').update(body).digest('hex');
    const forged = message({
      method: 'POST',
      url: 'http://127.0.0.1/hook',
      headers: { 'x-hub-signature-256': `sha256=${signature}` },
      body,
    });
    const github = schemes.find(({ id }) => id === 'github') as Scheme;
    const programs = new Map([['github', receivingProgram(language, github)]]);
    let status = 0;
    await tryReceivers(language, programs, { SIGNING_SECRET: '' }, async (_, { port }) => {
      status = await send(port, forged);
    }).catch((error: Error) => expect(error.message).toContain('SIGNING_SECRET is not set'));
    expect([0, 500]).toContain(status);
  });

  test.each([
    ['sinch-application', 'SIGNING_KEY_ID'],
    ['twilio', 'PUBLIC_URL'],
  ])('by %s says at its start that %s is not set, and does not refuse everything without a word', async (id, name) => {
    const scheme = schemes.find((one) => one.id === id) as Scheme;
    const program = receivingProgram(language, scheme);
    // Whoever reads the comment at its top knows what to set.
    expect(program.split(/\n(?!#|\/\/)/, 3).join('\n')).toContain(name);
    let said = '';
    let status = 0;
    const env = { SIGNING_SECRET: key.secret, SIGNING_KEY_ID: key.id, PUBLIC_URL: publicUrl, [name]: '' };
    await tryReceivers(language, new Map([[id, program]]), env, async (_, receiver) => {
      const { status: answered, text: answer } = await get(receiver.port);
      [status, said] = [answered, receiver.errors() + answer];
    }).catch((error: Error) => (said = error.message));
    expect(said).toMatch(new RegExp(`${name}\\W.*is not set|${name}: is not set|${name} is not set`));
    expect([0, 500]).toContain(status);
  });
});
