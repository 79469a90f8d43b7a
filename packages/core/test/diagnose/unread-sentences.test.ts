import { afterEach, expect, test, vi } from 'vitest';
import { diagnose } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { catalog } from '../../src/diagnose/catalog.ts';
import { breakers } from './breakers.ts';
import { acsRequest } from './broken-requests.ts';

const intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/4f1e9c1e-6b1e-4c3a-9b1d-2f6d1c0a7e55:play',
  query: 'api-version=2024-09-15',
  contentType: 'application/json',
  body: '{"loop":false,"text":"é"}',
  at: new Date('2026-03-10T08:15:30.000Z'),
  secret: Buffer.alloc(48, 200).toString('base64'),
};

const ids = (): string[] =>
  breakers
    .filter(({ schemes, needs }, at) => at % 8 === 0 && schemes !== 'sinch' && (!needs || needs(intent)))
    .map(({ what, apply }) => {
      const found = diagnose(acsHmac, { secret: intent.secret }, acsRequest(intent, apply), {
        now: intent.at,
        budget: { candidates: 2000 },
      });
      const all = [found.mistakes, ...found.alternatives].flat().map(({ id, certainty, at }) => [id, certainty, at]);
      return JSON.stringify([what, found.verdict, all, found.notes.map(({ id }) => id)]);
    });

afterEach(() => void vi.restoreAllMocks());

test('nothing in a diagnosis depends on what the classes say', () => {
  const before = ids();
  for (const mistake of catalog) vi.spyOn(mistake, 'say').mockReturnValue('');
  expect(ids()).toEqual(before);
});
