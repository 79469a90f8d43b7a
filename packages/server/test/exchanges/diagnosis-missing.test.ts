import { developmentAccount } from '@countersign/core/development-account';
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { Secret } from '@countersign/core/secret';
import { expect, test, vi } from 'vitest';
import { RefusalExplainer } from '../../src/exchanges/diagnose-refusal.ts';

// It loads with the first refusal, when the disk may have changed under a server that runs.
vi.mock('@countersign/core/diagnose', () => {
  throw new Error('it cannot be read');
});

test('a diagnosis that cannot be loaded leaves the refusal as it is, and is reported', async () => {
  const reported: Error[] = [];
  const explainer = new RefusalExplainer({
    wallNow: () => new Date(),
    publicHosts: [],
    amend: () => expect.unreachable(),
    onInternalError: (error) => reported.push(error),
  });
  const diagnosis = await explainer.explain({
    message: message({ method: 'GET', url: 'http://localhost:7509/calling/callConnections/1' }),
    exchange: { id: 'x1', provider() {}, authentication() {}, call() {} },
    scheme: acsHmac,
    credential: { secret: new Secret(developmentAccount.acs.accessKey, 'base64') },
  });
  expect(diagnosis).toBeUndefined();
  expect(reported).toHaveLength(1);
  await explainer.close();
});
