import { readFile } from 'node:fs/promises';
import type { Diagnosis } from '@countersign/core/diagnose';
import newman from 'newman';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../src/server.ts';

interface Item {
  readonly name: string;
}

interface Collection {
  readonly item: readonly Item[];
  readonly event?: readonly { readonly listen: string; readonly script: { readonly exec: readonly string[] } }[];
}

/** A collection with fixes pasted into its script: each in the place of the line that declares what the fix declares. */
function withFixes(collection: Collection, fixes: readonly string[]): Collection {
  const declared = (line: string): string | undefined => /^const (\w+) =/.exec(line)?.[1];
  const event = (collection.event ?? []).map(({ listen, script }) => {
    const exec = script.exec.map(
      (line) => fixes.find((fix) => declared(line) !== undefined && declared(fix) === declared(line)) ?? line,
    );
    return { listen, script: { ...script, exec } };
  });
  return { ...collection, event };
}

/** Runs a collection with Postman's own machinery. */
function run(
  collection: Collection,
  variables: Record<string, string>,
  answered = (): void => {},
): Promise<newman.NewmanRunExecution[]> {
  const envVar = Object.entries(variables).map(([key, value]) => ({ key, value }));
  return new Promise((resolve, reject) => {
    const options = { collection: collection as unknown as newman.NewmanRunOptions['collection'], envVar };
    newman
      .run(options, (error, summary) => {
        if (error) reject(error);
        else resolve(summary.run.executions);
      })
      .on('request', answered);
  });
}

async function collectionAt(url: URL, replacements: Record<string, string> = {}): Promise<Collection> {
  let text = await readFile(url, 'utf8');
  for (const [from, to] of Object.entries(replacements)) text = text.replaceAll(from, to);
  return JSON.parse(text) as Collection;
}

const example = (name: string): URL =>
  new URL(`../../../../examples/postman/${name}.postman_collection.json`, import.meta.url);
const fault = (name: string): URL => new URL(`${name}.postman_collection.json`, import.meta.url);
function idOf(execution: newman.NewmanRunExecution | undefined): string {
  if (!execution) throw new Error('Postman ran no request');
  return (execution.response.json() as { callConnectionId: string }).callConnectionId;
}

describe('Postman', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer({ port: 0, clock: 'virtual' });
  });

  afterAll(() => server.close());

  it('creates a call, plays to it once it is answered and hangs up with the example collection for ACS, in one run', async () => {
    // While Postman waits for the phone, the call's clock goes on.
    const advance = (): void => void server.control.advance('1s');
    const executions = await run(await collectionAt(example('acs')), { endpoint: server.url }, advance);
    const codes = executions.map(({ item, response }) => `${item.name}: ${response.code}`);
    expect([...new Set(codes)]).toEqual(['CreateCall: 201', 'Get call: 200', 'Play: 202', 'Hang up: 204']);
    expect(executions.flatMap(({ assertions }) => assertions.filter(({ error }) => error !== undefined))).toEqual([]);
  });

  it('places a text-to-speech callout with the example collection for Sinch', async () => {
    const executions = await run(await collectionAt(example('sinch')), { endpoint: server.url });
    expect(executions.map(({ response }) => response.code)).toEqual([200, 200, 200]);
  });

  describe("with the faults of the published thread's scripts", () => {
    let callConnectionId: string;

    beforeAll(async () => {
      const { item, ...rest } = await collectionAt(fault('placeholder'));
      const [created] = await run({ ...rest, item: item.slice(0, 1) }, { endpoint: server.url });
      callConnectionId = idOf(created);
      await server.control.advance('2s');
    });

    /** Plays with a faulty collection, demands the service's own refusal, and returns the server's diagnosis of it. */
    async function diagnosisOf(
      name: string,
      status = 401,
      change: { replacements?: Record<string, string>; variables?: Record<string, string> } = {},
    ): Promise<Diagnosis> {
      const replacements = { 'http://127.0.0.1:PORT': server.url, CALL_CONNECTION_ID: callConnectionId };
      const { item, ...rest } = await collectionAt(fault(name), { ...replacements, ...change.replacements });
      const variables = { endpoint: server.url, callConnectionId, ...change.variables };
      const [refused] = await run({ ...rest, item: item.slice(-1) }, variables);
      expect(refused?.response.code).toBe(status);
      const [exchange] = server.control.exchanges();
      if (!exchange) throw new Error('the refused request is not in the journal');
      const current = (): Diagnosis | undefined =>
        server.control.exchanges().find(({ id }) => id === exchange.id)?.authentication?.diagnosis;
      // Single mistakes are found before the answer goes out; pairs by a worker, which amends the exchange.
      if (current()?.verdict !== 'explained') {
        await server.control.waitFor(() => current()?.verdict === 'explained', { timeoutMs: 30_000 });
      }
      const diagnosis = current();
      if (!diagnosis) throw new Error(`the exchange of ${name} carries no diagnosis`);
      return diagnosis;
    }

    it('created the call: its path holds no variable, so the same script signs it rightly', () => {
      expect(callConnectionId).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('names the placeholder that was signed in place of the id', async () => {
      const { mistakes } = await diagnosisOf('placeholder');
      expect(mistakes.map(({ id, proven }) => [id, proven])).toEqual([['template/unresolved', true]]);
      expect(mistakes[0]?.summary).toContain('{{callConnectionId}}');
      expect(mistakes[0]?.fix.postman).toContain('pm.variables.replaceIn');
    });

    it.each([
      ['in the URL', true, false],
      ['in the body', false, true],
      ['in both', true, true],
    ])('fixes a placeholder %s: with its fixes the script signs both requests rightly', async (_, inUrl, inBody) => {
      const prompt =
        'Hello. This is Microsoft calling. If you are trying to authenticate, please press the pound or hash key now';
      const replacements = {
        ...(!inUrl && { '{{callConnectionId}}': callConnectionId }),
        ...(inBody && { [prompt]: '{{text}}' }),
      };
      const { mistakes } = await diagnosisOf('placeholder', 401, { replacements, variables: { text: prompt } });
      expect(new Set(mistakes.map(({ id }) => id))).toEqual(new Set(['template/unresolved']));
      const collection = await collectionAt(fault('placeholder'), replacements);
      const fixes = mistakes.flatMap(({ fix }) => fix.postman ?? []);
      const values = { endpoint: server.url, callConnectionId, text: prompt };
      const executions = await run(withFixes(collection, fixes), values);
      expect(executions.map(({ response }) => response.code)).toEqual([201, 202]);
    });

    it('says that the whole URL was signed once it is hard-coded', async () => {
      const { mistakes } = await diagnosisOf('absolute-url');
      expect(mistakes.map(({ id, proven }) => [id, proven])).toEqual([['url/absolute', true]]);
    });

    it('says that x-ms-date is declared and Date was sent', async () => {
      const { mistakes } = await diagnosisOf('undeclared-date');
      expect(mistakes.map(({ id }) => id)).toEqual(['header/signed-set']);
    });

    it("says that Credential= is another service's", async () => {
      const { mistakes } = await diagnosisOf('credential', 400);
      expect(mistakes.map(({ id }) => id)).toEqual(['header/authorization-syntax']);
      expect(mistakes[0]?.summary).toContain('Credential');
    });

    it('finds both faults of the script as it was published, on a local http address', async () => {
      const { mistakes } = await diagnosisOf('as-published');
      expect(mistakes.map(({ id, proven }) => [id, proven]).toSorted()).toEqual([
        ['template/unresolved', true],
        ['url/host', true],
      ]);
    });
  });
});
