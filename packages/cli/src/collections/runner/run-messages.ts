import type { Header } from '@countersign/core/message';

/** A variable of an environment or of the globals, as Postman exports it. */
export interface PostmanVariable {
  readonly key: string;
  readonly value: string;
}

/** What the child is asked to do; one value of JSON on its standard input. */
export interface RunJob {
  /** Where `postman-runtime` was found. */
  readonly runtime: string;
  /** The collection, as it was exported. */
  readonly collection: unknown;
  readonly environment: readonly PostmanVariable[];
  readonly globals: readonly PostmanVariable[];
  /** Values that beat those of environment and collection, as a data file's do. */
  readonly data: Readonly<Record<string, string>>;
  /** What a request is answered that has no saved example. */
  readonly answer: Readonly<Record<string, string>>;
  readonly limits: RunLimits;
}

/** How much a run may take. */
export interface RunLimits {
  /** Milliseconds for each script. */
  readonly scriptMs: number;
  /** Milliseconds for the whole run. */
  readonly runMs: number;
  /** Milliseconds more, until a run that does not end by itself is killed. */
  readonly graceMs: number;
  /** Requests: a script may begin the collection anew again and again. */
  readonly requests: number;
  /** Bytes of one request's body. */
  readonly bodyBytes: number;
}

/** What the child tells, one line of JSON each on its standard output. */
export type RunMessage =
  | {
      readonly kind: 'request';
      /** Position of the item in the collection, folders opened, from 0. */
      readonly item: number;
      /** A script sent it with `pm.sendRequest`. */
      readonly byScript: boolean;
      readonly url: string;
      readonly method: string;
      readonly target: string;
      /** Byte texts: a character for each byte. */
      readonly headers: readonly Header[];
      /** In base64. */
      readonly body: string;
    }
  | { readonly kind: 'item'; readonly item: number }
  /** The variables as a script left them. */
  | { readonly kind: 'variables'; readonly values: Readonly<Record<string, string>> }
  | {
      readonly kind: 'problem';
      readonly item: number;
      /** What failed: a script that runs before the request, or after it, or the request itself. */
      readonly of: 'prerequest' | 'test' | 'request' | 'run';
      readonly message: string;
    }
  | { readonly kind: 'end' };
