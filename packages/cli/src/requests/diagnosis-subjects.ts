import { headerValue } from '@countersign/core/message';
import { foundByCurl } from '@countersign/core/requests/curl-form';
import { foundInHar } from '@countersign/core/requests/har-form';
import { unsignedNote } from '@countersign/core/requests/judgeable';
import { readRequests, type FoundRequest } from '@countersign/core/requests/read-requests';
import { schemes } from '@countersign/core/schemes/catalog';
import {
  readCollectionRequests,
  runCollectionRequests,
  type CollectionRequest,
  type CollectionRequests,
} from '../collections/collection-subjects.ts';
import type { GivenVariables } from '../collections/given-variables.ts';
import { keysAmong } from '../collections/secret-variable.ts';
import { badInput } from '../failure.ts';
import { readInput } from '../read-input.ts';
import { schemeOfMessage } from '@countersign/core/recognition/recognize-scheme';

/** Where the requests to be diagnosed come from; exactly one of the three. */
export interface DiagnosisSource {
  readonly file?: string | undefined;
  readonly curl?: string | undefined;
  readonly har?: string | undefined;
  /** The file is a collection, which is run. */
  readonly runScripts?: boolean | undefined;
}

/** A request to be diagnosed. */
export interface Subject extends FoundRequest {
  /** Values of variables that may have been signed by their names. */
  readonly variables: Readonly<Record<string, string>>;
  readonly openInScripts?: CollectionRequest['openInScripts'];
  readonly withFixes?: CollectionRequest['withFixes'];
}

/** The requests to be diagnosed, and what there is to say of the file. */
export interface Subjects {
  readonly requests: readonly Subject[];
  readonly notes: readonly string[];
}

/**
 * Reads the requests to be diagnosed: one, or of several those that are signed.
 *
 * @param hide takes what may be a key among the variables of a collection, before anything is said of it
 * @param read how the file itself is read
 */
export async function readSubjects(
  { file, curl, har, runScripts = false }: DiagnosisSource,
  given: GivenVariables,
  hide: (keys: readonly string[]) => void,
  read = readInput,
): Promise<Subjects> {
  const sources = [file, curl, har].filter((source) => source !== undefined).length;
  if (sources !== 1)
    throw badInput('usage/source', 'give one request: a FILE (or - for standard input), --curl or --har');
  if (runScripts && file === undefined)
    throw badInput('usage/run-scripts', '--run-scripts runs the collection in a FILE, not --curl or --har');
  const variables = given.withCollection(new Map());
  const plain = (found: readonly FoundRequest[]): Subjects => ({
    requests: found.map((one) => ({ ...one, variables })),
    notes: [],
  });
  if (har !== undefined) return plain(chosen(foundInHar(await readInput(har))));
  if (curl !== undefined) return plain([await foundByCurl(curl, readInput)]);
  const bytes = await read(file ?? '-');
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const collection = runScripts ? await runCollectionRequests(text, given) : await readCollectionRequests(text, given);
  if (collection) {
    hide(keysAmong(collection.variables));
    return chosenOfCollection(collection);
  }
  return plain(chosen(await readRequests(bytes, { readFile: readInput, variables })));
}

/** The signed requests of a collection, and those that were to be signed by a script that failed. */
function chosenOfCollection({ name, requests, notes }: CollectionRequests): Subjects {
  const isJudged = (one: CollectionRequest): boolean =>
    isSigned(one) || one.notes.some(({ id }) => id === 'run/script-failed');
  const judged = requests.filter(isJudged);
  // An example is told only where it is judged: it is no request of its own.
  const others = requests.filter((one) => !isJudged(one) && one.entry?.status === undefined);
  if (judged.length === 0) {
    const [first] = others;
    const bring = first ? (unsignedNote(first, signatureHeaders)?.summary ?? '') : '';
    const which =
      others.length === 1
        ? `The only request of the collection "${name}" is not signed`
        : `None of the ${others.length} requests of the collection "${name}" is signed`;
    const said =
      others.length === 0 ? `The collection "${name}" sent no request.` : `${which}: ${listed(others)}. ${bring}`;
    throw badInput('input/unsigned', [said, ...(notes.length > 0 ? [`${notes.join('; ')}.`] : [])].join(' '));
  }
  const left =
    others.length === 0
      ? []
      : [`not judged, since nothing in ${others.length === 1 ? 'it' : 'them'} is a signature: ${listed(others)}`];
  return { requests: judged, notes: [...notes, ...left] };
}

const signatureHeaders = new Set(schemes.map(({ authorization }) => authorization.header));

const mostListed = 12;

function listed(requests: readonly FoundRequest[]): string {
  const shown = requests
    .slice(0, mostListed)
    .map(({ message: { method }, entry }) => `"${entry?.name}" (${method} ${entry?.url})`);
  const rest = requests.length - shown.length;
  return shown.join(', ') + (rest > 0 ? `, and ${rest} more` : '');
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
