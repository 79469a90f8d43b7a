import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CountersignError } from '@countersign/core/errors';
import type { AnyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { schemeFromJson } from '@countersign/core/scheme-json';
import { startGuard, type Certificate, type ListenAddress, type RunningGuard } from '../guard/guard.ts';
import type { RouteOptions } from '../guard/route.ts';
import type { Log } from '../log/log.ts';
import type { ReplayStore } from '../replay/replay-store.ts';
import { storeByUrl } from '../stores/by-url.ts';
import { ConfigError, type AddressText, type GuardConfig, type RouteConfig } from './guard-config.ts';
import { readKeys, readSource, type Surroundings } from './sources.ts';
import { watchFiles, type WatchedFiles } from './watched-files.ts';

/** What a configuration does not hold. */
export interface ConfiguredGuardOptions extends Surroundings {
  /** The schemes that a configuration may name. */
  readonly schemes: readonly AnyScheme[];
  readonly log?: Log | undefined;
  /** The clock by which signatures are fresh. Defaults to the system's. */
  readonly now?: (() => Date) | undefined;
}

/** A guard whose keys and certificate follow their files. */
export interface ConfiguredGuard extends RunningGuard {
  /** Looks at the files now, instead of at the next time. */
  reload(): Promise<void>;
}

/**
 * Starts a guard by its configuration: opens the store, reads the keys, and reads them again when their files change. What
 * cannot be used then is logged, and the keys stay what they were.
 *
 * @throws ConfigError naming what cannot be used; Error when an address cannot be listened at, or a package is missing
 */
export async function startConfiguredGuard(
  config: GuardConfig,
  options: ConfiguredGuardOptions,
): Promise<ConfiguredGuard> {
  const { log = () => undefined, now, folder } = options;
  const store = config.replay && (await openStore(config.replay, options));
  const watched: WatchedFiles[] = [];
  const closeAll = async (): Promise<void> => {
    for (const files of watched) files.stop();
    await store?.close?.();
  };
  try {
    const routes = await Promise.all(config.routes.map((route) => routeOptions(route, config, store, options)));
    const guard = await startGuard({
      routes,
      listen: readAddress(config.listen),
      admin: config.admin === undefined ? undefined : readAddress(config.admin),
      tls: config.tls && (await readCertificate(config.tls, folder)),
      limits: config.limits,
      log,
      now,
    });
    const { reloadSeconds = 2, tls } = config;
    const watch = async (names: readonly string[], what: string, replace: () => Promise<void>): Promise<void> => {
      if (names.length === 0) return;
      const changed = async (): Promise<void> => {
        try {
          await replace();
          log({ level: 'info', event: 'keys-replaced', route: what });
        } catch (error) {
          log({ level: 'error', event: 'keys-unusable', route: what, reason: (error as Error).message });
          throw error;
        }
      };
      const paths = names.map((name) => resolve(folder, name));
      watched.push(await watchFiles(paths, reloadSeconds, changed));
    };
    for (const [at, route] of config.routes.entries()) {
      const { name = route.path ?? '/', keys } = route;
      const { scheme } = routes[at]!;
      const files = keys.flatMap((key) => ('file' in key ? [key.file] : []));
      await watch(files, name, async () => guard.replaceKeys(name, await readKeys(scheme, keys, options)));
    }
    if (tls) {
      await watch([tls.cert, tls.key], 'tls', async () => guard.replaceCertificate(await readCertificate(tls, folder)));
    }
    return {
      ...guard,
      async reload() {
        for (const files of watched) await files.look();
      },
      async close() {
        for (const files of watched) files.stop();
        await guard.close();
        await store?.close?.();
      },
    };
  } catch (error) {
    await closeAll();
    if (error instanceof TypeError || error instanceof CountersignError) throw new ConfigError(error.message);
    throw error;
  }
}

async function openStore(
  { store, maxBytes }: NonNullable<GuardConfig['replay']>,
  options: ConfiguredGuardOptions,
): Promise<ReplayStore> {
  const where = typeof store === 'string' ? store : await readSource(store, options);
  const isFolder = where !== 'memory' && !where.includes('://');
  return storeByUrl(isFolder ? resolve(options.folder, where) : where, maxBytes === undefined ? {} : { maxBytes });
}

async function routeOptions(
  route: RouteConfig,
  { replay: shared }: GuardConfig,
  store: ReplayStore | undefined,
  options: ConfiguredGuardOptions,
): Promise<RouteOptions> {
  const { scheme: id, schemeFile, keys, replay: own, ...rest } = route;
  const scheme = schemeFile === undefined ? schemeById(id, options.schemes) : await ownScheme(schemeFile, options);
  const credentials = await readKeys(scheme, keys, options);
  if (own !== undefined && own !== false && !store)
    throw new ConfigError(`the route ${route.name ?? route.path ?? '/'} has a replay, and there is no replay store`);
  if (!store || !shared || own === false) return { ...rest, scheme, credentials };
  const { onRepeat, deadlineMs } = shared;
  return { ...rest, scheme, credentials, replay: { store, onRepeat, deadlineMs, ...own } };
}

function schemeById(id: string | undefined, schemes: readonly AnyScheme[]): AnyScheme {
  const scheme = schemes.find((known) => known.id === id);
  if (scheme) return scheme;
  throw new ConfigError(`there is no scheme "${id}"; known are ${schemes.map((known) => known.id).join(', ')}`);
}

async function ownScheme(file: string, { folder }: Surroundings): Promise<Scheme> {
  let text: string;
  try {
    text = await readFile(resolve(folder, file), 'utf8');
  } catch (error) {
    throw new ConfigError(`cannot read ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    return schemeFromJson(text);
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`);
  }
}

async function readCertificate({ cert, key }: NonNullable<GuardConfig['tls']>, folder: string): Promise<Certificate> {
  try {
    return { cert: await readFile(resolve(folder, cert)), key: await readFile(resolve(folder, key)) };
  } catch (error) {
    throw new ConfigError(`cannot read the certificate or its key (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Reads `8080`, `0.0.0.0:8080` or `[::1]:8080`. */
export function readAddress(text: AddressText): ListenAddress {
  const [, host, port = ''] = /^(?:(.*):)?(\d{1,5})$/.exec(String(text)) ?? [];
  if (port === '' || Number(port) > 65_535) throw new ConfigError('an address is a port, or host:port');
  return { host: host?.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}
