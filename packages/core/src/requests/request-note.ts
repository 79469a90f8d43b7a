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
  /** The body is what is sent, byte for byte: a command says it, and no file stands between. */
  readonly exactBody?: true;
  /** The body was copied from where a tool shows it to people, and its layout may be the tool's. */
  readonly shownBody?: true;
}

/**
 * The notes of reading that hold besides those of diagnosis. Where it judged the body that was sent (`input/edited`), it
 * said what `Content-Length` counts, and the bytes of the file are not what counts.
 */
export function standingNotes(read: readonly RequestNote[], judged: readonly RequestNote[]): readonly RequestNote[] {
  const isEdited = judged.some(({ id }) => id === 'input/edited');
  return isEdited ? read.filter(({ id }) => id !== 'input/content-length') : read;
}
