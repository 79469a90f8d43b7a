import type http from 'node:http';
import type https from 'node:https';
import type { SavedResponse } from './saved-answer.ts';

/** As much of `postman-collection` as a run needs. */
export interface PostmanCollectionPackage {
  readonly Collection: new (json: unknown) => unknown;
  readonly VariableScope: new (definition: { readonly values: readonly unknown[] }) => unknown;
  readonly ProxyConfig: new (options?: object) => object;
}

/** An item of a collection, as the runner hands it over. */
export interface RunItem {
  readonly responses: { all(): readonly SavedResponse[] };
}

/** Where a run is. */
export interface RunCursor {
  readonly position?: number;
}

/** A scope of variables, as a script left it. */
export interface RunScope {
  toObject(): Readonly<Record<string, unknown>>;
}

/** What a script left. */
export interface ScriptResult {
  readonly globals?: RunScope;
  readonly collectionVariables?: RunScope;
  readonly environment?: RunScope;
  /** Those that `pm.variables.set` makes. */
  readonly _variables?: RunScope;
}

/** A script that was run, and why. */
export interface RunEvent {
  readonly listen?: string;
}

type Failure = Error | null | undefined;

/** What a run tells. */
export interface RunCallbacks {
  readonly beforeItem: (failed: Failure, cursor: RunCursor, item: RunItem) => void;
  readonly beforeScript: () => void;
  readonly script: (
    failed: Failure,
    cursor: RunCursor,
    result: ScriptResult | undefined,
    script: unknown,
    event: RunEvent,
  ) => void;
  readonly request: (failed: Failure) => void;
  readonly done: (failed: Failure) => void;
}

/** The options of a run that matter here. */
export interface RunOptions {
  readonly data: readonly Readonly<Record<string, string>>[];
  readonly environment: unknown;
  readonly globals: unknown;
  readonly timeout: { readonly script: number; readonly request: number; readonly global: number };
  readonly ignoreProxyEnvironmentVariables: true;
  readonly proxies: { resolve(): object };
  readonly requester: {
    readonly agents: { readonly http: http.Agent; readonly https: https.Agent };
    readonly useWhatWGUrlParser: true;
    readonly followRedirects: false;
    readonly protocolVersion: 'http1';
  };
}

/** As much of `postman-runtime` as a run needs. */
export interface PostmanRuntimePackage {
  readonly Runner: new () => {
    run(
      collection: unknown,
      options: RunOptions,
      callback: (failed: Failure, run: { start(callbacks: RunCallbacks): void; abort(): void }) => void,
    ): void;
  };
}
