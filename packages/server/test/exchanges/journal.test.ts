import { describe, expect, test } from 'vitest';
import { Journal } from '../../src/exchanges/journal.ts';
import type { ReceivedRequest } from '../../src/contract/received-request.ts';

const request = (bytes = 0): ReceivedRequest => ({
  message: { method: 'POST', target: '/x', headers: [], body: new Uint8Array(bytes) },
  body: 'whole',
});
const answer = { status: 200, headers: { 'content-type': 'text/plain' } };

describe('the journal', () => {
  test('keeps so many exchanges, and tells a dropped one from one that never was', () => {
    const journal = new Journal(() => new Date(0), { maxExchanges: 2 });
    for (let n = 0; n < 4; n += 1) journal.open(request());
    expect(journal.list().map(({ id }) => id)).toEqual(['x4', 'x3']);
    expect([journal.get('x1'), journal.get('x5'), journal.get('y1')]).toEqual(['gone', undefined, undefined]);
  });

  test('keeps so many bytes of bodies, requests and responses together', () => {
    const journal = new Journal(() => new Date(0), { maxBytes: 20_000 });
    const first = journal.open(request(5_000));
    first.responseBody(new Uint8Array(5_000));
    first.finish(answer);
    journal.open(request(1_000));
    expect(journal.size).toBe(2);
    journal.open(request(15_000));
    expect(journal.list().map(({ id }) => id)).toEqual(['x3', 'x2']);
    journal.open(request(18_500));
    expect(journal.list().map(({ id }) => id)).toEqual(['x4']);
    expect(journal.bytes).toBeLessThanOrEqual(20_000);
  });

  test('does not keep what alone is more than it may hold, and drops nothing else for it', () => {
    const journal = new Journal(() => new Date(0), { maxBytes: 20_000 });
    journal.open(request());
    const entry = journal.open(request(30_000));
    expect(journal.list().map(({ id }) => id)).toEqual(['x1']);
    expect([entry.exchange, journal.get('x2')]).toEqual([undefined, 'gone']);
  });

  test('counts headers, targets, answers and diagnoses', () => {
    const journal = new Journal(() => new Date(0), { maxBytes: 100_000 });
    const text = 'x'.repeat(4_000);
    const bulky: ReceivedRequest = {
      message: { method: 'POST', target: `/${text}`, headers: [['x-a', text]], body: new Uint8Array(0) },
      body: 'whole',
      head: Buffer.from(text),
    };
    for (let n = 0; n < 30; n += 1) {
      const entry = journal.open(bulky);
      entry.authentication({ scheme: 'acs-hmac', outcome: 'refused', summary: text });
      entry.finish({ status: 401, headers: { 'x-b': text } });
      journal.amendAuthentication(entry.id, { diagnosis: { verdict: 'unexplained', text } as never });
    }
    expect(journal.bytes).toBeLessThanOrEqual(100_000);
    const kept = journal.list();
    const bytes = kept.reduce((sum, { request: { target }, head }) => sum + target.length + (head?.length ?? 0), 0);
    expect(JSON.stringify(kept.map(({ head: _head, ...exchange }) => exchange)).length + bytes / 2).toBeLessThan(
      100_000,
    );
    expect(kept.length).toBeGreaterThan(2);
  });

  test('keeps the beginning of a long answer, without the rest of its bytes, and says how long it was', () => {
    const journal = new Journal(() => new Date(0));
    const entry = journal.open(request());
    entry.responseBody(Buffer.alloc(3_000_000, 'x'));
    entry.finish(answer);
    const { body, bodyBytes } = entry.exchange?.response ?? {};
    expect([body?.length, body?.buffer.byteLength, bodyBytes]).toEqual([1024 * 1024, 1024 * 1024, 3_000_000]);
  });

  test('what it learns twice counts once', () => {
    const journal = new Journal(() => new Date(0));
    const entry = journal.open(request());
    entry.authentication({ scheme: 'acs-hmac', outcome: 'refused' });
    const { bytes } = journal;
    for (let n = 0; n < 10; n += 1) entry.authentication({ scheme: 'acs-hmac', outcome: 'refused' });
    expect(journal.bytes).toBe(bytes);
  });

  test('an answer that comes after its exchange was dropped is let go', () => {
    const journal = new Journal(() => new Date(0), { maxExchanges: 1 });
    const first = journal.open(request());
    journal.open(request());
    first.finish(answer);
    first.call('call-1');
    expect(journal.list().map(({ id }) => id)).toEqual(['x2']);
    expect(first.exchange).toBeUndefined();
  });

  test('tells when an exchange opens, is answered, and learns something afterwards', () => {
    const journal = new Journal(() => new Date(0));
    const heard: string[] = [];
    journal.onChange(({ id, response }, change) => heard.push(`${id} ${change} ${response?.status ?? ''}`));
    const entry = journal.open(request());
    entry.authentication({ scheme: 'acs-hmac', outcome: 'refused', code: 'signature/mismatch' });
    entry.finish(answer);
    entry.finish(undefined);
    journal.amendAuthentication(entry.id, { diagnosis: { verdict: 'unexplained' } as never });
    expect(heard).toEqual(['x1 opened ', 'x1 answered 200', 'x1 amended 200']);
    expect(journal.get('x1')).toMatchObject({
      authentication: { code: 'signature/mismatch', diagnosis: { verdict: 'unexplained' } },
    });
  });

  test('pages from the newest to the oldest', () => {
    const journal = new Journal(() => new Date(0));
    for (let n = 0; n < 5; n += 1) journal.open(request());
    const page = (before?: string) => journal.list({ limit: 2, ...(before && { before }) }).map(({ id }) => id);
    expect([page(), page('x4'), page('x2')]).toEqual([['x5', 'x4'], ['x3', 'x2'], ['x1']]);
  });

  test('after it is cleared its ids go on, and what was is gone', () => {
    const journal = new Journal(() => new Date(0));
    journal.open(request());
    journal.clear();
    journal.open(request());
    expect(journal.list().map(({ id }) => id)).toEqual(['x2']);
    expect(journal.get('x1')).toBe('gone');
  });
});
