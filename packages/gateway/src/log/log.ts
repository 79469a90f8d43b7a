import { redactionOf } from '@countersign/core/redaction';
import type { PublicKeyCredential } from '@countersign/core/public-key';
import type { Credential } from '@countersign/core/secret';

/** One line of the log: `event` says what happened, and the other members what it happened to. */
export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event:
    | 'listening'
    | 'accepted'
    | 'refused'
    | 'observed'
    | 'upstream-failed'
    | 'keys-replaced'
    | 'keys-unusable'
    | 'draining'
    | 'fault';
  /** The id that a refused client was told, and an accepted request brings along. */
  readonly id?: string | undefined;
  readonly route?: string | undefined;
  readonly scheme?: string | undefined;
  readonly method?: string | undefined;
  /** Without the query, which may hold anything. */
  readonly path?: string | undefined;
  /** Why it was refused: for programs, and for people. */
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
  readonly key?: string | undefined;
  readonly replay?: string | undefined;
  /** What the client was answered, and the upstream took, in milliseconds. */
  readonly status?: number | undefined;
  readonly upstreamMs?: number | undefined;
  readonly bytes?: number | undefined;
  /** Where it listens, once it does. */
  readonly url?: string | undefined;
  readonly adminUrl?: string | undefined;
}

/** Takes what happened. */
export type Log = (entry: LogEntry) => void;

/** No text of a request makes a line longer. */
const longestText = 500;

/**
 * Makes a log that no key gets into, in any of its forms, whatever a request holds, and that no text makes long.
 *
 * @param keys the keys of all routes, as they are now: another list when they changed
 */
export function safeLog(log: Log, keys: () => readonly (Credential | PublicKeyCredential)[]): Log {
  let known: readonly (Credential | PublicKeyCredential)[] | undefined;
  let redact = redactionOf([]);
  const safe = (text: string): string => {
    const redacted = redact.text(text);
    return redacted.length > longestText ? `${redacted.slice(0, longestText)}…` : redacted;
  };
  const safeMethod = rememberingLast(safe);
  const safePath = rememberingLast(safe);
  return (entry) => {
    const now = keys();
    if (now !== known) {
      known = now;
      redact = redactionOf(now.flatMap((key) => ('secret' in key ? [key.secret] : [])));
      safeMethod.forget();
      safePath.forget();
    }
    // Each by its name, because a copy by `...` costs more than all the rest of a log: entries have many shapes.
    const safeEntry: Every<LogEntry> = {
      level: entry.level,
      event: entry.event,
      id: entry.id,
      route: entry.route,
      scheme: entry.scheme,
      // What senders write; everything else is the guard's own, or its configuration's.
      method: safeMethod.of(entry.method),
      path: safePath.of(entry.path),
      code: entry.code,
      reason: entry.reason === undefined ? undefined : safe(entry.reason),
      key: entry.key,
      replay: entry.replay,
      status: entry.status,
      upstreamMs: entry.upstreamMs,
      bytes: entry.bytes,
      url: entry.url,
      adminUrl: entry.adminUrl,
    };
    log(safeEntry);
  };
}

/** What was found for the text before serves for the next one when it is the same, as methods and paths often are. */
function rememberingLast(find: (text: string) => string): {
  of(text: string | undefined): string | undefined;
  forget(): void;
} {
  let last: string | undefined;
  let found: string | undefined;
  return {
    of(text) {
      if (text === last) return found;
      found = text === undefined ? undefined : find(text);
      last = text;
      return found;
    },
    forget() {
      last = found = undefined;
    },
  };
}

/** No member is forgotten. */
type Every<T> = { readonly [Name in keyof Required<T>]: T[Name] };

/** Writes each entry as one line of JSON, with its time in front. */
export function jsonLines(write: (line: string) => void): Log {
  let atMs = NaN;
  let time = '';
  return (entry) => {
    const now = Date.now();
    if (now !== atMs) {
      atMs = now;
      time = new Date(now).toISOString();
    }
    write(`{"time":"${time}",${JSON.stringify(entry).slice(1)}`);
  };
}
