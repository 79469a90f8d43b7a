import type { FastifyInstance } from 'fastify';
import { developmentEnvironment, isDevelopmentAccount } from '../../development-account.ts';
import { TEST_NUMBERS } from '../../phones/test-numbers.ts';
import { plugs } from '../../plugs.ts';
import { summarizeAccount } from '../views/account-view.ts';
import { viewProvider } from '../views/provider-view.ts';
import type { ServerState } from '../views/state-view.ts';
import type { ControlParts } from '../control-parts.ts';
import { controlRoute } from '../control-route.ts';
import { listFaultKinds } from '../fault-kinds.ts';
import { resetServer } from '../reset.ts';

/** `GET state`, `GET healthz`, `POST reset`. */
export function stateRoutes(scope: FastifyInstance, parts: ControlParts): void {
  const { clock, journal, outbox, switchboard, phones, faults, feed, accounts, serverUrl } = parts;
  const hasDevelopmentAccount = accounts.some(isDevelopmentAccount);

  controlRoute(scope, {
    method: 'GET',
    path: '/state',
    handle: (): ServerState => ({
      url: serverUrl(),
      clock: { kind: clock.kind, nowMs: clock.now() },
      strict: parts.strict,
      strictCallbacks: parts.strictCallbacks,
      diagnosesRefusals: parts.diagnosesRefusals,
      providers: plugs.map((plug) => viewProvider(plug, hasDevelopmentAccount ? serverUrl() : undefined)),
      accounts: accounts.map(summarizeAccount),
      ...(hasDevelopmentAccount && { environment: developmentEnvironment(serverUrl()) }),
      testNumbers: TEST_NUMBERS,
      phones: phones.phones(),
      faults: faults.list(),
      faultKinds: listFaultKinds(),
      counts: {
        exchanges: journal.size,
        calls: switchboard.calls().length,
        callbacksPending: outbox.pending,
      },
      lastEventId: `${parts.serverId}-${feed.last}`,
    }),
  });
  controlRoute(scope, { method: 'GET', path: '/healthz', handle: () => ({ status: 'ok' }) });
  controlRoute(scope, { method: 'POST', path: '/reset', handle: () => resetServer(parts) });
}
