import { afterEach, expect, test, vi } from 'vitest';
import { startServer } from '../../src/server.ts';
import { BYTES_PER_TURN, ownTurns } from '../../src/threads/own-turn.ts';
import { sendSigned } from '../providers/acs/raw-request.ts';

afterEach(() => vi.restoreAllMocks());

const path = '/calling/callConnections?api-version=2024-04-15';
const body = '%25252B'.repeat(20_000);

/** How often something waited for a turn that has room for a body as long as this. */
async function turnsTaken(act: (url: string) => Promise<unknown>): Promise<number> {
  const server = await startServer({ port: 0, clock: 'virtual' });
  const begin = vi.spyOn(ownTurns, 'begin');
  try {
    await act(server.url);
    return begin.mock.calls.filter(([bytes]) => bytes >= Math.min(body.length, BYTES_PER_TURN / 4)).length;
  } finally {
    await server.close();
  }
}

test('a long body is searched for keys, verified, and read in a turn of the event loop each', async () => {
  expect(await turnsTaken((url) => sendSigned(url, { path, body }))).toBe(3);
});

test('the search for a mistake in a long body has a turn of its own, too', async () => {
  const unsigned = { method: 'POST', headers: { Authorization: 'HMAC-SHA256 x' }, body };
  expect(await turnsTaken((url) => fetch(url + path, unsigned))).toBe(3);
});

test('exchanges with long bodies are shown in a turn each', async () => {
  expect(
    await turnsTaken(async (url) => {
      await fetch(`${url}/elsewhere`, { method: 'POST', body });
      vi.mocked(ownTurns.begin).mockClear();
      const shown = await Promise.all(['x1', 'x1/raw'].map((one) => fetch(`${url}/_control/exchanges/${one}`)));
      expect(await (shown[0] as Response).json()).toMatchObject({ id: 'x1', request: { body: { text: body } } });
      expect(await (shown[1] as Response).text()).toContain(body);
    }),
  ).toBeGreaterThanOrEqual(2);
});
