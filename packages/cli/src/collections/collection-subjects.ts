import { messageFromIncoming } from '@countersign/core/receive';
import type { Message } from '@countersign/core/message';
import type { FoundRequest } from '@countersign/core/requests/found-request';
import { encodedByteText } from '@countersign/core/requests/byte-text';
import { kindOfJson } from '@countersign/core/requests/json-kind';
import { jsonMember } from '@countersign/core/requests/json-member';
import { collectionIn, type PostmanCollection } from '@countersign/core/requests/postman-collection';
import { writtenUrl } from '@countersign/core/requests/postman-url';
import { readRequests } from '@countersign/core/requests/read-requests';
import { badInput, type CommandFailure } from '../failure.ts';
import { filledValues } from './filled-values.ts';
import { placeOfFix, withFixes, withLineBefore, type FixPlace } from './fix-in-script.ts';
import { namesSetIn, openInScripts, openSentence } from './open-in-scripts.ts';
import type { GivenVariables } from './given-variables.ts';
import { namesInPath, withStandIns } from './stand-ins.ts';
import { runCollection, type CollectionRun, type RunProblem, type RunRequest } from './run-collection.ts';

/** A request of a collection, and the variables by which it was filled in. */
export interface CollectionRequest extends FoundRequest {
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that its scripts read and that have no value: with theirs it would be another request. */
  readonly openInScripts?: readonly string[] | undefined;
  /**
   * Runs the collection again with fixes for its scripts, where each of them has its place in one.
   *
   * @param fixes as code, one for each mistake
   * @param before a line to put before the first of them
   */
  readonly withFixes?: ((fixes: readonly string[], before?: string) => Promise<FixedRequest | undefined>) | undefined;
}

/** A request as it goes out of a collection whose scripts are fixed. */
export interface FixedRequest {
  readonly places: readonly FixPlace[];
  /** `undefined` where it went out no more. */
  readonly message: Message | undefined;
}

/** The requests of a collection, and what there is to say of all of them together. */
export interface CollectionRequests {
  readonly name: string;
  /** All that there are, by the scope that counts most. */
  readonly variables: Readonly<Record<string, string>>;
  readonly requests: readonly CollectionRequest[];
  readonly notes: readonly string[];
}

/** Reads the requests of a collection as they stand there; `undefined` for a text that is no collection. */
export async function readCollectionRequests(
  text: string,
  given: GivenVariables,
): Promise<CollectionRequests | undefined> {
  const collection = collectionIn(text);
  if (!collection) return undefined;
  const variables = given.withCollection(collection.variables);
  const requests = await readRequests(text, { variables });
  return { name: collection.name, variables, requests: requests.map((one) => ({ ...one, variables })), notes: [] };
}

/**
 * Runs a collection with its scripts, and takes what it would have sent.
 *
 * @throws CommandFailure `run/…` where it cannot be run; `usage/run-scripts` for a text that is no collection
 */
export async function runCollectionRequests(text: string, given: GivenVariables): Promise<CollectionRequests> {
  const collection = collectionIn(text);
  if (!collection) throw noCollection(text);
  const known = given.withCollection(collection.variables);
  const standIns = withStandIns(collection, given.scopes.environment, known);
  const scopes = { ...given.scopes, environment: standIns.environment, answer: standIns.values };
  const run = await runCollection({ collection: standIns.collection, ...scopes });
  const variables = { ...known, ...standIns.values };
  const setInScripts = namesSetIn(JSON.stringify(collection.json));
  const again = new Map<string, Promise<CollectionRun>>();
  const runAgain = (places: readonly FixPlace[]): Promise<CollectionRun> => {
    const key = JSON.stringify(places);
    const running = again.get(key) ?? runCollection({ collection: withFixes(standIns.collection, places), ...scopes });
    again.set(key, running);
    return running;
  };
  const requests = run.requests.map((sent): CollectionRequest => {
    const { item, byScript } = sent;
    const same = run.requests.filter((one) => one.item === item && one.byScript === byScript).indexOf(sent);
    return {
      ...foundInRun(sent, collection, run, { known: variables, data: given.scopes.data, setInScripts }),
      withFixes: async (fixes, before) => {
        const found = fixes.map((fix) => placeOfFix(collection.items[item]?.scripts ?? [], fix));
        if (!found.every((place) => place !== undefined)) return undefined;
        const places = before === undefined ? found : withLineBefore(found, before);
        const { requests: fixed } = await runAgain(places);
        const sentAgain = fixed.filter((one) => one.item === item && one.byScript === byScript)[same];
        return { places, message: sentAgain && messageOf(sentAgain) };
      },
    };
  });
  return { name: collection.name, variables, requests, notes: notesOf(run, collection, standIns.values) };
}

/** What is said of a file that is no collection: its own name, where it has one. */
function noCollection(text: string): CommandFailure {
  const kind = kindOfJson(encodedByteText(text));
  const instead = kind ? `${kind.what}; bring ${kind.bring}` : 'not one';
  return badInput('usage/run-scripts', `--run-scripts runs a Postman collection, and the file is ${instead}`);
}

/** A variable that Postman sent as it is written, because it has no value. */
const unfilled = /(?:\{|%7B){2}[^{}%/?&=]{1,100}(?:\}|%7D){2}/gi;

/** What is known of the values by which a collection was run. */
interface RunValues {
  readonly known: Readonly<Record<string, string>>;
  readonly data: GivenVariables['scopes']['data'];
  readonly setInScripts: ReadonlySet<string>;
}

function foundInRun(
  sent: RunRequest,
  { items }: PostmanCollection,
  { problems }: CollectionRun,
  { known, data, setInScripts }: RunValues,
): CollectionRequest {
  const { item, byScript, url, method, target } = sent;
  const own = items[item]?.name ?? '';
  const name = byScript ? `${own}, pm.sendRequest` : own;
  const unresolved = new Set(
    Array.from(url.matchAll(unfilled), ([text]) => text.replace(/%7B/gi, '{').replace(/%7D/gi, '}')),
  );
  // What a script leaves does not tell of the data's values, which count more.
  const values = { ...known, ...sent.variables, ...data, ...dynamicValues(items[item]?.request, sent) };
  // A script may have emptied one: an answer did not hold what it looked for.
  if (!byScript)
    for (const empty of namesInPath(items[item]?.request)) if (values[empty] === '') unresolved.add(`{{${empty}}}`);
  const open = openInScripts(items[item]?.scripts ?? [], setInScripts, values);
  const because = open.length === 0 ? '' : `; ${openSentence(open)}`;
  const failed = byScript ? [] : problems.filter((one) => one.item === item && one.of === 'prerequest');
  return {
    message: messageOf(sent),
    form: 'postman-run',
    title: `${name}: ${method} ${target}`,
    entry: { index: item, url, name },
    notes: failed.map(({ message: said }) => ({
      id: 'run/script-failed',
      summary: `its pre-request script failed ("${said}"), and Postman sends the request all the same${because}`,
    })),
    exactBody: true,
    ...(unresolved.size > 0 && { unresolved: [...unresolved] }),
    variables: values,
    ...(open.length > 0 && { openInScripts: open }),
  };
}

/** What Postman's own variables (`{{$guid}}`) stood for: it makes them anew each time they are read. */
function dynamicValues(request: unknown, { byScript, url, body }: RunRequest): Readonly<Record<string, string>> {
  if (byScript) return {};
  const raw = jsonMember(jsonMember(request, 'body'), 'raw');
  const filled: [template: string, text: string][] = [
    [writtenUrl(typeof request === 'string' ? request : jsonMember(request, 'url')), url],
    [typeof raw === 'string' ? raw : '', Buffer.from(body, 'base64').toString('utf8')],
  ];
  const values = filled.flatMap(([template, text]) =>
    template.includes('{{$') ? Object.entries(filledValues(template, text)) : [],
  );
  return Object.fromEntries(values.filter(([name]) => name.startsWith('$')));
}

function messageOf({ url, method, target, headers, body }: RunRequest): Message {
  const read = messageFromIncoming({ method, url: target, rawHeaders: headers.flat() }, Buffer.from(body, 'base64'));
  const origin = /^https?:\/\/[^/?#]*/i.exec(url)?.[0];
  return { ...read, ...(origin !== undefined && { origin }) };
}

const phases: Readonly<Record<RunProblem['of'], string>> = {
  prerequest: 'a pre-request script failed',
  test: 'a script that runs after the answer failed; answers come from saved examples, or hold nothing',
  request: 'the request was not sent',
  run: 'the run ended early',
};

function notesOf(
  { problems, requests, runtime }: CollectionRun,
  { items }: PostmanCollection,
  standIns: Readonly<Record<string, string>>,
): string[] {
  const sent = `${requests.length} request${requests.length === 1 ? '' : 's'}`;
  return [
    `ran the collection in postman-runtime ${runtime}; ${sent} went out to memory, and no connection was opened`,
    ...standInNotes(standIns),
    ...problems.map(({ item, of, message }) => `"${items[item]?.name ?? ''}": ${phases[of]}: ${message}`),
  ];
}

function standInNotes(standIns: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(standIns);
  const [first] = names;
  if (first === undefined) return [];
  const shown = names.map((name) => `{{${name}}}`).join(', ');
  const said = names.length === 1 ? `${shown} has no value` : `${shown} have no values`;
  return [
    `${said} in the file, because Postman exports the values that variables begin with; it was run with ${standIns[first]}${names.length === 1 ? '' : ' and the like'}, and --var ${first}=… gives your own`,
  ];
}
