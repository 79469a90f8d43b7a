import { developmentAccount } from '@countersign/core/development-account';
import { message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { afterEach, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../src/server.ts';

let server: RunningServer;
afterEach(() => server.close());

/** Asks for a call that there is not: 404 once the signature is accepted. */
function asking(): () => Promise<number> {
  const { applicationKey: keyId, applicationSecret } = developmentAccount.sinch;
  const url = `${server.url}/calling/v1/calls/id/none`;
  const credential = { keyId, secret: new Secret(applicationSecret, 'base64') };
  const headers = sign(sinchApplication, credential, message({ method: 'GET', url })).headers.map(
    ([name, value]): [string, string] => [name, value],
  );
  return async () => (await fetch(url, { headers })).status;
}

it('accepts a request that comes again, as SDKs send it when they retry', async () => {
  server = await startServer({ port: 0, clock: 'virtual', environment: {} });
  const ask = asking();
  expect([await ask(), await ask()]).toEqual([404, 404]);
});

it('refuses it where it was started to, says so in the exchange, and forgets with a reset', async () => {
  server = await startServer({ port: 0, clock: 'virtual', environment: {}, refuseRepeats: true });
  const ask = asking();
  expect([await ask(), await ask()]).toEqual([404, 401]);
  expect(server.control.exchanges().find(({ response }) => response?.status === 401)).toMatchObject({
    authentication: { outcome: 'refused', code: 'replay/repeated' },
  });
  server.control.reset();
  expect(await ask()).toBe(404);
});
