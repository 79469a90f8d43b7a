import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type ConfiguredAccount, plugOf } from './accounts.ts';
import type { Config } from './config/config-schema.ts';
import { configuredAccounts } from './config/configured-accounts.ts';
import { ownCertificate } from './config/own-certificate.ts';
import { configOf, type ServerOptions } from './config/server-options.ts';
import { controlApi } from './control/control-api.ts';
import { type Control, createControl } from './control/control.ts';
import {
  type DevelopmentEnvironment,
  developmentEnvironment,
  isDevelopmentAccount,
  noDevelopmentEnvironment,
} from './development-account.ts';
import { createHttpApp } from './http/app.ts';
import { gracefulClose } from './http/close.ts';
import { consolePage } from './http/console-page.ts';
import { isLoopback, listen, networkUrls, plainHost, serverUrl } from './http/listen.ts';
import { OwnNames } from './http/own-names.ts';
import { takeUpgrades } from './http/upgrades.ts';
import { plugs } from './plugs.ts';
import type { DevelopmentCertificate } from './tls/development-certificate.ts';
import { type TrustLine, trustLines } from './tls/trust-lines.ts';
import { assemble } from './assembly/assemble.ts';
import { endpointsOf, namesOf } from './assembly/provider-doors.ts';

export type { ServerOptions } from './config/server-options.ts';
export type { CallbackBody, ReadCallback as Callback } from './control/callback-body.ts';
export type { Control, ControlledMicrophone, ControlledPhone } from './control/control.ts';
export type { FeedEvent } from './control/event-feed.ts';
export type { CallSummary } from './control/views/call-view.ts';
export type { Heard } from './control/views/heard-view.ts';
export type { DevelopmentEnvironment } from './development-account.ts';
export type { CallEvent } from './engine/event.ts';
export type { Exchange } from './exchanges/exchange.ts';
export type { TextMessage } from './contract/text-message.ts';
export type { PhoneState } from './phones/phone-book.ts';
export type { PhoneScript } from './phones/script.ts';
export type { FaultSetting } from './contract/fault.ts';

/** The warm-up takes processor time, so it waits until a first request that follows the start has been answered. */
const warmUpAfterMs = 100;

/** A server that runs. */
export interface RunningServer {
  /** For example `http://localhost:7509`. */
  readonly url: string;
  /** Its accounts, each with its id at the provider. */
  readonly accounts: readonly (ConfiguredAccount & { readonly id: string })[];
  /** Where other machines reach it; absent when it is bound to loopback. */
  readonly network?: { readonly boundTo: string; readonly urls: readonly string[] };
  /** Watches and steers the server, as `/_control` does. */
  readonly control: Control;
  /** The environment variables of the development account. If that account is switched off, there are none, and reading one throws. */
  readonly environment: DevelopmentEnvironment;
  /** If the server made its own certificate: the file to trust, and the command for each platform. */
  readonly trust?: { readonly authorityFile: string; readonly lines: readonly TrustLine[] };
  /** Ends connections, deliveries and threads. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts a local voice server that behaves like the services of its providers.
 *
 * Several servers run side by side in one process and share nothing.
 *
 *     const server = await startServer({ port: 0, clock: 'virtual' });
 *     // … place calls at server.url …
 *     await server.control.advance('10s');
 *     await server.close();
 *
 * @throws ConfigError for a configuration that cannot be used
 * @throws ListenError when the port is in use, among others
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { config, directory } = await configOf(options);
  const { environment = process.env } = options;
  const accounts = await configuredAccounts(config, { environment, directory });
  const host = plainHost(config.host ?? '127.0.0.1');
  const own = ownCertificate(options.tls);
  const assembled = assemble(options, config, directory, accounts, () => url);
  const { parts, providers, onInternalError } = assembled;

  const certificate = options.tls === true ? await certificateFor(options, config, host) : undefined;
  const tls = certificate ?? own;
  const app = createHttpApp({
    journal: parts.journal,
    redaction: parts.redaction.allKeys,
    bodyLimitBytes: config.limits?.bodyBytes ?? 1024 * 1024,
    names: new OwnNames({ boundTo: host, others: [...namesOf(config), ...endpointsOf(accounts)] }),
    servedAt: plugs.map(({ title, paths }) => [title, paths] as const),
    ...(tls && { tls }),
    onInternalError,
    onNotice: assembled.onProblem,
  });
  for (const provider of providers) {
    app.register(async (scope) => {
      provider.routes(scope);
      scope.addHook('onClose', async () => provider.close?.());
    });
  }
  controlApi(app, parts);
  await consolePage(app, fileURLToPath(new URL('../dist/console/', import.meta.url)));

  const closeHttp = gracefulClose(app, takeUpgrades(app.server, '/_control/'));

  let url = '';
  let network: RunningServer['network'];
  let warmUp: NodeJS.Timeout | undefined;
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    clearTimeout(warmUp);
    return (closed ??= Promise.all([assembled.close(), closeHttp()]).then(assembled.closeAudio));
  };
  try {
    const port = await listen(app, host, config.port ?? 7509);
    const scheme = tls ? 'https' : 'http';
    url = serverUrl(scheme, host, port);
    if (!isLoopback(host)) network = { boundTo: host, urls: networkUrls(scheme, host, port, networkInterfaces()) };
  } catch (error) {
    await close();
    throw error;
  }
  // Only with a real clock: in a test suite, whose clock is virtual, nobody waits for the first diagnosis.
  if (parts.diagnosesRefusals && parts.clock.kind === 'real') {
    const givenUp = (error: Error): void => {
      // A server that is closed before it is warm has not failed.
      if (!closed) onInternalError(error);
    };
    warmUp = setTimeout(() => void assembled.warmUpDiagnosis().catch(givenUp), warmUpAfterMs).unref();
  }
  return {
    url,
    accounts: accounts.map((account) => ({ ...account, id: plugOf(account).account.id(account) })),
    ...(network && { network }),
    control: createControl(parts),
    environment: accounts.some(isDevelopmentAccount) ? developmentEnvironment(url) : noDevelopmentEnvironment(),
    ...(certificate && {
      trust: { authorityFile: certificate.authorityFile, lines: trustLines(certificate.authorityFile) },
    }),
    close,
  };
}

async function certificateFor(options: ServerOptions, config: Config, host: string): Promise<DevelopmentCertificate> {
  const { developmentCertificate } = await import('./tls/development-certificate.ts');
  const names = [host, ...namesOf(config)].filter((name) => isIP(name) === 0);
  return developmentCertificate(options.stateFolder ?? '.countersign', names, options.wallNow?.() ?? new Date());
}
