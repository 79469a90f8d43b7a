import type { OutgoingHttpHeaders } from 'node:http';
import type { Header } from '@countersign/core/message';
import { type Redaction, redactionOf } from '@countersign/core/redaction';
import { BoundedLog } from '../bounded/bounded-log.ts';
import { bounds } from '../bounded/bounds.ts';
import { weightOf } from '../bounded/weight.ts';
import type { ReceivedRequest } from '../contract/received-request.ts';
import type { Exchange } from './exchange.ts';
import { weightOfRequest, weightOfResponse } from './exchange-weight.ts';
import type { AuthenticationRecord, ExchangeRecorder } from '../contract/exchange-recorder.ts';
import { recordedJudgement, recordedRequest, recordedResponse } from './redacted-exchange.ts';

export interface JournalLimits {
  /** How many exchanges are kept. */
  readonly maxExchanges?: number;
  /** How many bytes they may hold together: bodies, headers, traces and diagnoses. */
  readonly maxBytes?: number;
}

/** What happened to an exchange: it began, was answered, or learned something afterwards (a diagnosis). */
export type ExchangeChange = 'opened' | 'answered' | 'amended';

/** Told of a change when it has happened; the exchange is the journal's own, and goes on. */
export type ExchangeListener = (exchange: Exchange, change: ExchangeChange) => void;

/** An exchange under way: the recorder that providers see, and what only the HTTP set-up calls. */
export interface JournalEntry extends ExchangeRecorder {
  /** False on routes that are the server's own. */
  readonly journaled: boolean;
  /** The exchange so far; `undefined` when it is not journaled or already dropped. */
  readonly exchange: Exchange | undefined;
  responseBody(body: Uint8Array | undefined): void;
  /** The answer is about to leave, or (`undefined`) the connection closed. Counts once. */
  finish(answer: { readonly status: number; readonly headers: OutgoingHttpHeaders } | undefined): void;
}

const noBytes = new Uint8Array(0);
/** A recording that was downloaded may be a hundred times as long. */
const { bytes: keptBytes } = bounds['response-bodies'];

/**
 * Every request that reached the server, bounded in number and bytes: the oldest go first. Ids are `x1`, `x2`, … in the
 * order of arrival, so that one that was dropped is told from one that never was. What is recorded holds no key of the
 * server, in memory neither.
 */
export class Journal {
  readonly #wallNow: () => Date;
  readonly #redaction: Redaction;
  readonly #exchanges: BoundedLog<Recorded>;
  readonly #listeners = new Set<ExchangeListener>();

  constructor(wallNow: () => Date, limits: JournalLimits = {}, redaction: Redaction = redactionOf([])) {
    this.#wallNow = wallNow;
    this.#exchanges = new BoundedLog('exchanges', { items: limits.maxExchanges, bytes: limits.maxBytes });
    this.#redaction = redaction;
  }

  get size(): number {
    return this.#exchanges.size;
  }

  /** The size of the exchanges that are kept, in bytes. */
  get bytes(): number {
    return this.#exchanges.bytes;
  }

  /** Begins an exchange. */
  open(received: ReceivedRequest): JournalEntry {
    const number = this.#exchanges.last + 1;
    const { request, head, redacted } = recordedRequest(received, this.#redaction);
    const id = `x${number}`;
    const exchange: Recorded = { id, provider: 'none', receivedAtMs: this.#wallNow().getTime(), request };
    if (head) exchange.head = head;
    if (redacted) exchange.redacted = true;
    if (received.body === 'cut' || received.body === 'crowded') exchange.bodyCut = true;
    this.#exchanges.add(exchange, weightOfRequest(received));
    this.#tell(number, 'opened');
    return new RecordedEntry(number, this.#access);
  }

  /** An entry that records nothing, for the server's own routes. */
  unrecorded(): JournalEntry {
    return unrecordedEntry;
  }

  /** One exchange as it is now, which goes on; `'gone'` when the limits dropped it, `undefined` when there never was one. */
  get(id: string): Exchange | 'gone' | undefined {
    const number = numberOf(id);
    if (number === undefined || number > this.#exchanges.last) return undefined;
    return this.#exchanges.get(number) ?? 'gone';
  }

  /**
   * Exchanges, newest first.
   *
   * @param options.before only those older than this id
   * @param options.limit how many at most
   * @param options.where only those for which it holds
   */
  list(options: { before?: string; limit?: number; where?: (exchange: Exchange) => boolean } = {}): Exchange[] {
    const { limit = Number.POSITIVE_INFINITY, where = () => true } = options;
    const found: Exchange[] = [];
    const { last, oldest } = this.#exchanges;
    const before = options.before === undefined ? last + 1 : (numberOf(options.before) ?? last + 1);
    for (let number = Math.min(before - 1, last); number >= oldest && found.length < limit; number -= 1) {
      const exchange = this.#exchanges.get(number);
      if (exchange && where(exchange)) found.push(exchange);
    }
    return found;
  }

  /** Adds to how an exchange's authentication was judged, for example a diagnosis that took longer than the answer could. */
  amendAuthentication(id: string, fields: Partial<AuthenticationRecord>): void {
    const exchange = this.get(id);
    if (!(exchange instanceof Object) || !exchange.authentication) return;
    this.#judge(numberOf(id) as number, { ...exchange.authentication, ...fields }, 'amended');
  }

  /** Calls `listener` after every change. Returns a function that stops it. */
  onChange(listener: ExchangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Drops every exchange; ids go on counting. */
  clear(): void {
    this.#exchanges.clear();
  }

  readonly #access: EntryAccess = {
    read: (number) => this.#exchanges.get(number),
    judge: (number, record) => this.#judge(number, record),
    answer: (number, elapsedMs, response) => this.#answer(number, elapsedMs, response),
  };

  // Both write into the exchange in place: each request would leave copies behind.
  #judge(number: number, record: AuthenticationRecord, change?: ExchangeChange): void {
    const kept = this.#exchanges.get(number);
    if (!kept) return;
    const bytes = weightOrNone(kept.authentication);
    kept.authentication = recordedJudgement(record, this.#redaction);
    this.#exchanges.addWeight(number, weightOf(kept.authentication) - bytes);
    if (change) this.#tell(number, change);
  }

  #answer(number: number, elapsedMs: number, response: Exchange['response']): void {
    const kept = this.#exchanges.get(number);
    if (!kept) return;
    kept.elapsedMs = elapsedMs;
    if (response) {
      kept.response = recordedResponse(response, this.#redaction);
      this.#exchanges.addWeight(number, weightOfResponse(kept.response));
    }
    this.#tell(number, 'answered');
  }

  #tell(number: number, change: ExchangeChange): void {
    const exchange = this.#exchanges.get(number);
    if (!exchange) return;
    for (const listener of this.#listeners) listener(exchange, change);
  }
}

/** An exchange as it goes on. */
type Recorded = { -readonly [Member in keyof Exchange]: Exchange[Member] };

function weightOrNone(value: object | undefined): number {
  return value === undefined ? 0 : weightOf(value);
}

function numberOf(id: string): number | undefined {
  return /^x[1-9]\d{0,14}$/.test(id) ? Number(id.slice(1)) : undefined;
}

interface EntryAccess {
  readonly read: (number: number) => Recorded | undefined;
  readonly judge: (number: number, record: AuthenticationRecord) => void;
  readonly answer: (number: number, elapsedMs: number, response: Exchange['response']) => void;
}

class RecordedEntry implements JournalEntry {
  readonly journaled = true;
  readonly id: string;
  readonly #number: number;
  readonly #access: EntryAccess;
  readonly #startedAtMs = performance.now();
  #body: Uint8Array = noBytes;
  #finished = false;

  constructor(number: number, access: EntryAccess) {
    this.id = `x${number}`;
    this.#number = number;
    this.#access = access;
  }

  get exchange(): Exchange | undefined {
    return this.#access.read(this.#number);
  }

  provider(name: string, account?: string): void {
    const exchange = this.#access.read(this.#number);
    if (!exchange) return;
    exchange.provider = name;
    if (account !== undefined) exchange.account = account;
  }

  authentication(record: AuthenticationRecord): void {
    this.#access.judge(this.#number, record);
  }

  call(id: string): void {
    const exchange = this.#access.read(this.#number);
    if (exchange) exchange.call = id;
  }

  responseBody(body: Uint8Array | undefined): void {
    this.#body = body ?? noBytes;
  }

  finish(answer: { readonly status: number; readonly headers: OutgoingHttpHeaders } | undefined): void {
    if (this.#finished) return;
    this.#finished = true;
    const elapsedMs = performance.now() - this.#startedAtMs;
    this.#access.answer(this.#number, elapsedMs, answer && responseOf(answer, this.#body));
  }
}

/** What is kept of an answer: of a long body the beginning, without the rest of its buffer. */
function responseOf(
  { status, headers }: { readonly status: number; readonly headers: OutgoingHttpHeaders },
  body: Uint8Array,
): NonNullable<Exchange['response']> {
  const lines = headerList(headers);
  if (body.length <= keptBytes) return { status, headers: lines, body };
  const beginning = Uint8Array.prototype.slice.call(body, 0, keptBytes);
  return { status, headers: lines, body: beginning, bodyBytes: body.length };
}

function headerList(headers: OutgoingHttpHeaders): Header[] {
  const lines: Header[] = [];
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (!Array.isArray(value)) lines.push([name, typeof value === 'string' ? value : String(value ?? '')]);
    else for (const one of value) lines.push([name, one]);
  }
  // Kept: what grew by `push` has room for seventeen.
  return lines.slice();
}

const unrecordedEntry: JournalEntry = {
  id: '',
  journaled: false,
  exchange: undefined,
  provider() {},
  authentication() {},
  call() {},
  responseBody() {},
  finish() {},
};
