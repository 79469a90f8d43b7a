import type { GuardLimits } from '../guard/guard-limits.ts';
import type { OnRepeat } from '../replay/replay-guard.ts';

/** Where a value is that does not stand in a configuration: in an environment variable, or in a file. */
export type Source = { readonly env: string } | { readonly file: string };

/** Where a key is. */
export type KeySource = Source & { readonly id?: string; readonly name?: string; readonly mac?: string };

/** A port on 127.0.0.1, or `host:port`. */
export type AddressText = number | string;

/** A route, as `schema/guard.schema.json` describes it. */
export interface RouteConfig {
  readonly name?: string;
  readonly path?: string;
  readonly scheme?: string;
  readonly schemeFile?: string;
  readonly keys: readonly KeySource[];
  readonly upstream: string;
  readonly publicUrl?: string;
  readonly toleranceSeconds?: number;
  readonly tolerate?: 'all' | readonly string[];
  readonly furtherHeaders?: readonly string[];
  readonly observe?: boolean;
  readonly replay?:
    false | { readonly ttlSeconds?: number; readonly onRepeat?: OnRepeat; readonly messageIdHeader?: string };
}

/** A guard's configuration, as `schema/guard.schema.json` describes it. */
export interface GuardConfig {
  readonly listen: AddressText;
  readonly admin?: AddressText;
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly replay?: {
    readonly store: string | Source;
    readonly maxBytes?: number;
    readonly onRepeat?: OnRepeat;
    readonly deadlineMs?: number;
  };
  readonly limits?: Partial<GuardLimits>;
  readonly reloadSeconds?: number;
  readonly routes: readonly [RouteConfig, ...RouteConfig[]];
}

/** Thrown for a configuration that cannot be used. Never with a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
