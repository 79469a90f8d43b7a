import { headerValue } from '@countersign/core/message';
import { foundByCurl } from '@countersign/core/requests/curl-form';
import { foundInHar } from '@countersign/core/requests/har-form';
import { unsignedNote } from '@countersign/core/requests/judgeable';
import { readRequests, type FoundRequest } from '@countersign/core/requests/read-requests';
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

/** Reads the requests to be diagnosed: one, or of several those that are signed. */
export async function readSubjects(
  { file, curl, har }: DiagnosisSource,
  variables: Readonly<Record<string, string>>,
): Promise<readonly FoundRequest[]> {
  const given = [file, curl, har].filter((source) => source !== undefined).length;
  if (given !== 1)
    throw badInput('usage/source', 'give one request: a FILE (or - for standard input), --curl or --har');
  if (har !== undefined) return chosen(foundInHar(await readInput(har)));
  if (curl !== undefined) return [await foundByCurl(curl, readInput)];
  return chosen(await readRequests(await readInput(file ?? '-'), { readFile: readInput, variables }));
}

/** Of several, the signed requests that were refused; all signed ones when none was. */
function chosen(found: readonly FoundRequest[]): readonly FoundRequest[] {
  if (found.length === 1 && found[0]?.form !== 'har') return found;
  const signed = found.filter(isSigned);
  if (signed.length === 0) {
    const [first] = found;
    const bring = first ? ` ${unsignedNote(first, [])?.summary}` : '';
    throw badInput('input/unsigned', `None of the ${found.length} requests in the file is signed.${bring}`);
  }
  const refused = signed.filter(({ entry }) => entry?.status === 401 || entry?.status === 403);
  return refused.length > 0 ? refused : signed;
}

function isSigned({ message }: FoundRequest): boolean {
  const scheme = schemeOfMessage(schemes, message)?.scheme;
  return scheme !== undefined && headerValue(message.headers, scheme.authorization.header) !== undefined;
}
