import type { Message } from '../message.ts';

/** Something worth knowing about how a request was read. The same shape as core's notes. */
export interface RequestNote {
  readonly id: string;
  readonly summary: string;
}

/** A request read from a file or a command line. */
export interface ReadRequest {
  readonly message: Message;
  readonly notes: readonly RequestNote[];
}
