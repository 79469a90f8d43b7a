/** A piece of work on its way to a thread. */
export interface Job<Work> {
  readonly id: number;
  readonly work: Work;
}

/** The thread's answer: what came of the work, or what went wrong, for people. */
export type Reply<Result> =
  { readonly id: number; readonly result: Result } | { readonly id: number; readonly error: string };
