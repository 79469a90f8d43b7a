import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mistakeIds, type MistakeId } from '../../src/diagnose/diagnosis.ts';
import { catalog, noteCatalog } from '../../src/diagnose/catalog.ts';
import { canHit } from '../../src/diagnose/search/matrix.ts';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { messagebirdJwt } from '@countersign/core/schemes/messagebird-jwt';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchVoiceV2 } from '@countersign/core/schemes/sinch-voice-v2';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { vonageWebhook } from '@countersign/core/schemes/vonage-webhook';
import { defineScheme } from '@countersign/core/scheme';

const needs = new Map(catalog.map((mistake) => [mistake.id, mistake.needs]));
const hitting = (scheme: Parameters<typeof canHit>[1]): MistakeId[] =>
  mistakeIds.filter((id) => canHit(needs.get(id) ?? 'nothing', scheme));
// Of tokens, which none of these sends, and of parameters, of which none of these is made.
const ofTokens: readonly MistakeId[] = ['url/hash', 'token/malformed', 'token/algorithm', 'token/claim'];
const all = (...left: MistakeId[]): MistakeId[] =>
  mistakeIds.filter((id) => ![...left, ...ofTokens].includes(id) && !id.startsWith('parameters/'));

test('ACS can be hit by all but what it has no part for', () => {
  expect(hitting(acsHmac)).toEqual(
    all('url/scheme', 'scheme/form-only', 'header/changed-in-transit', 'header/content-type', 'header/content-length'),
  );
});

test('Sinch can be hit by all but what it has no part for', () => {
  expect(hitting(sinchApplication)).toEqual(
    all(
      'url/scheme',
      'scheme/form-only',
      'url/host',
      'content-hash/mismatch',
      'content-hash/not-sent',
      'header/changed-in-transit',
      'header/content-length',
    ),
  );
});

test('App Configuration and Voice v2 can be hit as their siblings can', () => {
  expect(hitting(azureAppConfiguration)).toEqual(
    all('url/scheme', 'scheme/form-only', 'header/content-type', 'header/content-length'),
  );
  expect(hitting(sinchVoiceV2)).toEqual(hitting(sinchApplication));
});

test('only tokens are hit where they differ, and only those with a hash of the URL by another one', () => {
  const hit = (scheme: Parameters<typeof canHit>[1]): MistakeId[] =>
    hitting(scheme).filter((id) => ofTokens.includes(id));
  expect(hit(vonageWebhook)).toEqual(['token/malformed', 'token/algorithm', 'token/claim']);
  expect(hit(messagebirdJwt)).toEqual(ofTokens);
  expect(hit(sinchWebhook)).toEqual([]);
});

test('webhooks that sign neither method nor URL cannot be hit there', () => {
  const ofRequestLine = /^(?:url|method|content-hash)\//;
  for (const scheme of [sinchWebhook, sinchNumbers]) {
    expect(hitting(scheme).filter((id) => ofRequestLine.test(id))).toEqual([]);
    expect(hitting(scheme)).toEqual(expect.arrayContaining(['body/reserialized', 'key/encoding', 'digest/encoding']));
  }
  expect(hitting(sinchWebhook)).toEqual(expect.arrayContaining(['date/unit', 'layout/order', 'layout/separator']));
  expect(hitting(sinchNumbers).filter((id) => id.startsWith('date/'))).toEqual([]);
});

test('a webhook that signs its body alone is hit by few', () => {
  const webhook = defineScheme({
    id: 'webhook',
    title: 'A webhook',
    documentation: 'https://example.com/',
    key: { encoding: 'utf8' },
    mac: { algorithm: 'sha256', encoding: 'hex' },
    authorization: { header: 'x-signature', template: 'sha256={signature}' },
    parts: [{ name: 'body', source: { from: 'body' }, after: '' }],
    deviations: [],
  });
  expect(hitting(webhook).filter((id) => /^(?:url|date|method|layout|content-hash)\//.test(id))).toEqual([
    'layout/trailing-newline',
  ]);
});

test('every identifier has a class, and every class a file of its name', () => {
  const ids = [...catalog, ...noteCatalog].map(({ id }) => id).toSorted();
  expect(ids).toEqual([...mistakeIds].toSorted());
  const files = readdirSync(new URL('../../src/diagnose/mistakes', import.meta.url)).map((name) =>
    name.replace('.ts', ''),
  );
  expect(files.toSorted()).toEqual(mistakeIds.map((id) => id.replace('/', '-')).toSorted());
});

test('no two classes are of one rank: which answer comes first is never left to the order of a list', () => {
  const ranks = catalog.map(({ rank }) => rank);
  expect(new Set(ranks).size).toBe(ranks.length);
});
