import { readClaims } from '@countersign/core/claims';
import type { Message } from '@countersign/core/message';
import type { FoundRequest } from '@countersign/core/requests/found-request';
import { collectionIn } from '@countersign/core/requests/postman-collection';
import { readRequests } from '@countersign/core/requests/read-requests';
import { standingNotes, type RequestNote } from '@countersign/core/requests/request-note';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { pageWords } from './page-words.ts';
import type { ShownRequest, Task } from './work.ts';

/** What was read of a pasted text. */
export interface Reading {
  readonly requests: readonly FoundRequest[];
  /** Values of template variables: those that were given, before those of a collection. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Reads what was pasted. @throws CountersignError `input/…`, saying what it is and what to bring instead */
export async function readTask({ text, variables: given = {} }: Pick<Task, 'text' | 'variables'>): Promise<Reading> {
  const variables = { ...Object.fromEntries(collectionIn(text)?.variables ?? []), ...given };
  const requests = await readRequests(text, { variables, optionWords: pageWords });
  return { requests: requests.map((one) => ({ ...one, message: filled(one.message, given) })), variables };
}

/** The one that somebody asks about: of several the first that is signed and was refused, else the first that is signed. */
export function likeliest(requests: readonly FoundRequest[]): number {
  const signed = requests.flatMap((one, index) =>
    isSigned(one.message) ? [{ index, status: one.entry?.status }] : [],
  );
  return (signed.find(({ status }) => status === 401 || status === 403) ?? signed[0])?.index ?? 0;
}

/** Whether some scheme finds its signature in a message. */
export function isSigned(message: Message): boolean {
  return everyScheme.some((scheme) => readClaims(scheme, message).ok);
}

/** A request as the page shows it. @param judged notes that say more than those of its reading */
export function shown(request: FoundRequest, judged: readonly RequestNote[] = []): ShownRequest {
  const { title, form, notes } = request;
  const told = standingNotes(notes, judged).map(({ summary }) => summary);
  return { title, form, notes: told, open: openVariables(request) };
}

const variable = /\{\{[ \t]{0,20}(\w[^{}\n]{0,99}?)[ \t]{0,20}\}\}/g;
/** More fields than anybody fills in. */
const mostVariables = 12;

/** Names of variables that stand in a request where their values belong. */
export function openVariables({ message, unresolved = [] }: FoundRequest): readonly string[] {
  const { target, headers, body } = message;
  const texts = [...unresolved, target, ...headers.map(([, value]) => value), textOf(body) ?? ''];
  const names = texts.flatMap((text) => Array.from(text.matchAll(variable), ([, name = '']) => name));
  return [...new Set(names)].slice(0, mostVariables);
}

/** A message with the values of variables in their places; what has none stays as it is written. */
function filled(message: Message, values: Readonly<Record<string, string>>): Message {
  const fill = (text: string): string =>
    text.replace(variable, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? whole) : whole));
  const body = textOf(message.body);
  return {
    ...message,
    target: fill(message.target),
    headers: message.headers.map(([name, value]) => [name, fill(value)]),
    ...(body?.includes('{{') && { body: new TextEncoder().encode(fill(body)) }),
  };
}

function textOf(body: Message['body']): string | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}
