import { developmentAccount } from '@countersign/core/development-account';
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { Secret } from '@countersign/core/secret';
import { afterEach, describe, expect, test } from 'vitest';
import { bounds } from '../../src/bounded/bounds.ts';
import { RefusalExplainer } from '../../src/exchanges/diagnose-refusal.ts';
import { createDiagnosisThread } from '../../src/exchanges/diagnosis-thread.ts';

/** A thread of this code in the place of the one that searches. */
const threadOf = (code: string) => () =>
  createDiagnosisThread(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
/** It never answers. */
const silent = threadOf("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});");

let explainer: RefusalExplainer | undefined;
afterEach(() => explainer?.close());

function start(createThread?: typeof createDiagnosisThread) {
  const reported: string[] = [];
  const own = new RefusalExplainer({
    wallNow: () => new Date(),
    publicHosts: [],
    amend: () => {},
    onInternalError: (error) => reported.push(error.message),
    ...(createThread && { createThread }),
  });
  explainer = own;
  const refuse = (n: number, body = '{}') => {
    const sent = message({ method: 'POST', url: `http://localhost:7509/calling/callConnections/${n}:play`, body });
    return own.explain({
      message: sent,
      exchange: { id: `x${n}`, provider() {}, authentication() {}, call() {} },
      scheme: acsHmac,
      credential: { secret: new Secret(developmentAccount.acs.accessKey, 'base64') },
    });
  };
  return { refuse, reported, close: () => own.close() };
}

describe('the search that a refusal waits for', () => {
  test('cannot be loaded: the refusal stands, it is said that nobody searched, and the error is reported', async () => {
    const { refuse, reported } = start(threadOf("throw new Error('it cannot be read')"));
    expect(await refuse(1)).toEqual({ undiagnosed: expect.stringContaining('failed') });
    expect(reported).toEqual([expect.stringContaining('it cannot be read')]);
  });

  test('has too many before it: it is said that nobody searched, and nothing waits beyond the bound', async () => {
    const { refuse, close } = start(silent);
    const waiting = Array.from({ length: bounds['brief-searches'].items }, (_, n) => refuse(n));
    expect(await refuse(1000)).toEqual({ undiagnosed: expect.stringContaining('too many') });
    await close();
    expect(new Set((await Promise.all(waiting)).map((one) => JSON.stringify(one)))).toEqual(new Set(['{}']));
  });

  test('has long bodies before it: they count by their bytes', async () => {
    const { refuse } = start(silent);
    const body = 'x'.repeat(1_000_000);
    const explanations = Array.from({ length: 8 }, (_, n) => refuse(n, body));
    expect(await explanations.at(-1)).toEqual({ undiagnosed: expect.stringContaining('too many') });
  });

  test('is over when the server closes, and nothing is reported', async () => {
    const { refuse, reported, close } = start(silent);
    const explanation = refuse(1);
    await close();
    expect(await explanation).toEqual({});
    expect(reported).toEqual([]);
  });
});
