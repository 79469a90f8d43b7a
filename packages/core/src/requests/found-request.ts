import type { PostmanScript } from './postman-items.ts';
import type { ReadFile } from './read-file.ts';
import type { ReadRequest, RequestNote } from './request-note.ts';

/** What a text was recognized as. */
export type RequestFormId =
  | 'raw'
  | 'curl'
  | 'curl-output'
  | 'har'
  | 'http-file'
  | 'http2-headers'
  | 'postman-console'
  /** A request as it stands in a collection, or in an example that is saved there. */
  | 'postman-collection'
  /** A request that Postman's runtime sent, to nowhere or to somewhere: its scripts have run. */
  | 'postman-run'
  | 'python-output'
  | 'java-output';

/** Where a request stands among several: those of a HAR file, of an editor's `.http` file, of a transcript. */
export interface RequestEntry {
  /** Position among the requests of the file, from 0. */
  readonly index: number;
  readonly url: string;
  /** The answer's status; 0 where a HAR file has none. */
  readonly status?: number;
  /** When it was sent, as a HAR file writes it. */
  readonly startedAt?: string;
  /** What an editor's file calls it. */
  readonly name?: string;
}

/** When a request reached its server, and by which clock. */
export interface ReceivedAt {
  readonly time: Date;
  /** For people: `the Date header of its answer`. */
  readonly by: string;
}

/** A request that was found in what somebody has. */
export interface FoundRequest extends ReadRequest {
  readonly form: RequestFormId;
  /** For a list: method and target, and the status where there was an answer. */
  readonly title: string;
  /** Only where the form holds several. */
  readonly entry?: RequestEntry;
  readonly receivedAt?: ReceivedAt;
  /** Variables that a shell, an editor or Postman would have filled in: the request is not what was sent. */
  readonly unresolved?: readonly string[];
  /** Why some of it is known only when it is sent: the request is not what was sent. */
  readonly unknown?: readonly string[];
  /** Scripts of a collection that run before it is sent and may change it. */
  readonly scripts?: readonly PostmanScript[];
}

/** What a reader may need besides the text. */
export interface ReadingContext {
  readonly readFile: ReadFile;
  /** Values of template variables, by name; byte texts, too. */
  readonly variables: ReadonlyMap<string, string>;
}

type Found = readonly FoundRequest[];

/** One form of input. Texts are byte texts: a character for each byte. */
export interface RequestForm {
  readonly id: RequestFormId;
  readonly recognizes: (text: string) => boolean;
  readonly read: (text: string, context: ReadingContext) => Found | Promise<Found>;
}

/** The note on a text that is not, byte for byte, what was sent. */
export function editedNote(what: string): RequestNote {
  return { id: 'input/edited', summary: `the text is not what was sent, byte for byte: ${what}` };
}

/** A request for a list. */
export function titleOf({ method, target }: ReadRequest['message'], status?: number): string {
  return `${method} ${target}${status === undefined ? '' : ` → ${status}`}`;
}
