/** Headers that a caller sends along with a call: over the telephone network, or between users of the service. */
export interface CallHeaders {
  /** For example `User-To-User`, or names that begin with `X-MS-Custom-`. */
  readonly sipHeaders?: Readonly<Record<string, string>>;
  readonly voipHeaders?: Readonly<Record<string, string>>;
}
