import { headerValue } from '@countersign/core/message';
import { readCurlCommand } from '@countersign/core/requests/curl-command';
import { readHar, type HarEntry } from '@countersign/core/requests/har';
import { readRawRequest } from '@countersign/core/requests/raw-request';
import type { ReadRequest } from '@countersign/core/requests/request-note';
import { schemes } from '@countersign/core/schemes/catalog';
import { badInput } from '../failure.ts';
import { readInput } from '../read-input.ts';
import { schemeOfMessage } from '../recognize-scheme.ts';

/** Where the requests to be diagnosed come from; exactly one of the three. */
export interface DiagnosisSource {
  readonly file?: string | undefined;
  readonly curl?: string | undefined;
  readonly har?: string | undefined;
}

/** A request to be diagnosed; one of a HAR file brings its entry. */
export interface DiagnosisSubject extends ReadRequest {
  readonly entry?: Pick<HarEntry, 'index' | 'url' | 'status' | 'startedAt'>;
}

/** Reads the requests to be diagnosed: one, or those of a HAR file that are signed. */
export async function readSubjects({ file, curl, har }: DiagnosisSource): Promise<readonly DiagnosisSubject[]> {
  const given = [file, curl, har].filter((source) => source !== undefined).length;
  if (given !== 1)
    throw badInput('usage/source', 'give one request: a FILE (or - for standard input), --curl or --har');
  if (har !== undefined) return chooseEntries(readHar(await readInput(har)));
  if (curl !== undefined) return [await readCurlCommand(curl, readInput)];
  return [readRawRequest(await readInput(file ?? '-'))];
}

/** The signed requests that were refused; all signed ones when none was. */
function chooseEntries(entries: readonly HarEntry[]): readonly DiagnosisSubject[] {
  const signed = entries.filter(isSigned);
  if (signed.length === 0) {
    throw badInput('input/har', `none of the ${entries.length} requests in the HAR file is signed`);
  }
  const refused = signed.filter(({ status }) => status === 401 || status === 403);
  return (refused.length > 0 ? refused : signed).map(({ message, notes, ...entry }) => ({ message, notes, entry }));
}

function isSigned({ message }: HarEntry): boolean {
  const scheme = schemeOfMessage(schemes, message)?.scheme;
  return scheme !== undefined && headerValue(message.headers, scheme.authorization.header) !== undefined;
}
