import { expect, test } from 'vitest';
import { diagnose } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { breakers } from './breakers.ts';
import { acsRequest, sinchKeyId, sinchRequest } from './broken-requests.ts';
import { playIntent } from './intents.ts';

// What people do most often is found with the first candidates: it waits behind nothing far-fetched.

const sides = {
  acs: { scheme: acsHmac, build: acsRequest, intent: playIntent },
  sinch: {
    scheme: sinchApplication,
    build: sinchRequest,
    intent: { ...playIntent, host: 'calling.api.sinch.com', path: '/calling/v1/callouts', query: '' },
  },
};

test.each<[side: keyof typeof sides, id: string, what: string, most: number]>([
  ['acs', 'url/absolute', 'https URL', 100],
  ['acs', 'url/host', 'scheme', 100],
  ['sinch', 'url/absolute', 'host and path', 100],
  ['sinch', 'body/reserialized', 'indented by 2', 300],
  ['acs', 'key/encoding', 'key as hexadecimal text', 150],
])('%s, %s, %s: within so many candidates', (side, id, what, most) => {
  const { scheme, build, intent } = sides[side];
  const breaker = breakers.find((one) => one.id === id && one.what === what)!;
  const credential = { keyId: sinchKeyId, secret: intent.secret };
  const found = diagnose(scheme, credential, build(intent, breaker.apply), { now: intent.at });
  expect(found.mistakes.map((mistake) => mistake.id)).toEqual([id]);
  expect(found.tried).toBeLessThan(most);
});
