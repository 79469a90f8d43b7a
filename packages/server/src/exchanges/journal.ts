import type { OutgoingHttpHeaders } from 'node:http';
import type { Header } from '@countersign/core/message';
import { type Redaction, redactionOf } from '@countersign/core/redaction';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { bounds } from '../bounded/bounds.ts';
import { textBytes, weightOf } from '../bounded/weight.ts';
import type { ReceivedRequest } from '../contract/received-request.ts';
import type { Exchange } from './exchange.ts';
import type { AuthenticationRecord, ExchangeRecorder } from '../contract/exchange-recorder.ts';
import { recordedFields, recordedRequest } from './redacted-exchange.ts';

export interface JournalLimits {
  /** How many exchanges are kept. */
  readonly maxExchanges?: number;
  /** How many bytes they may hold together: bodies, headers, traces and diagnoses. */
  readonly maxBytes?: number;
}

/** What happened to an exchange: it began, was answered, or learned something afterwards (a diagnosis). */
export type ExchangeChange = 'opened' | 'answered' | 'amended';

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
/** What an exchange weighs besides what its requests brought along: objects, and what makes its trace. An estimate. */
const overheadBytes = 1_024;

/**
 * Every request that reached the server, bounded in number and bytes: the oldest go first. Ids are `x1`, `x2`, … in the
 * order of arrival, so that one that was dropped is told from one that never was. What is recorded holds no key of the
 * server, in memory neither.
 */
export class Journal {
  readonly #wallNow: () => Date;
  readonly #redaction: Redaction;
  readonly #exchanges: BoundedMap<number, Weighed>;
  readonly #listeners = new Set<ExchangeListener>();
  #last = 0;

  constructor(wallNow: () => Date, limits: JournalLimits = {}, redaction: Redaction = redactionOf([])) {
    this.#wallNow = wallNow;
    this.#exchanges = new BoundedMap('exchanges', {
      weigh: ({ bytes }) => bytes,
      bound: { items: limits.maxExchanges, bytes: limits.maxBytes },
    });
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
    this.#last += 1;
    const number = this.#last;
    const receivedAtMs = this.#wallNow().getTime();
    const startedAtMs = performance.now();
    const exchange: Exchange = {
      id: `x${number}`,
      provider: 'none',
      receivedAtMs,
      ...recordedRequest(received, this.#redaction),
      ...((received.body === 'cut' || received.body === 'crowded') && { bodyCut: true }),
    };
    this.#exchanges.set(number, { exchange, bytes: overheadBytes + weightOfRequest(received) });
    this.#tell(number, 'opened');
    return new RecordedEntry(`x${number}`, {
      read: () => this.#exchanges.get(number)?.exchange,
      amend: (fields, change) => this.#amend(number, fields, change),
      elapsedMs: () => performance.now() - startedAtMs,
    });
  }

  /** An entry that records nothing, for the server's own routes. */
  unrecorded(): JournalEntry {
    return unrecordedEntry;
  }

  /** One exchange; `'gone'` when the limits dropped it, `undefined` when there never was one. */
  get(id: string): Exchange | 'gone' | undefined {
    const number = numberOf(id);
    if (number === undefined || number > this.#last) return undefined;
    return this.#exchanges.get(number)?.exchange ?? 'gone';
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
    const before = options.before === undefined ? this.#last + 1 : (numberOf(options.before) ?? this.#last + 1);
    const oldest = this.#exchanges.oldest ?? this.#last + 1;
    for (let number = Math.min(before - 1, this.#last); number >= oldest && found.length < limit; number -= 1) {
      const exchange = this.#exchanges.get(number)?.exchange;
      if (exchange && where(exchange)) found.push(exchange);
    }
    return found;
  }

  /** Adds to how an exchange's authentication was judged, for example a diagnosis that took longer than the answer could. */
  amendAuthentication(id: string, fields: Partial<AuthenticationRecord>): void {
    const exchange = this.get(id);
    if (!(exchange instanceof Object) || !exchange.authentication) return;
    const number = numberOf(id) as number;
    this.#amend(number, { authentication: { ...exchange.authentication, ...fields } }, 'amended');
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

  #amend(number: number, fields: Partial<Exchange>, change: ExchangeChange | undefined): void {
    const kept = this.#exchanges.get(number);
    if (!kept) return;
    const recorded = recordedFields(fields, this.#redaction);
    kept.bytes += weightOfFields(recorded) - weightOfFields(kept.exchange, recorded);
    // Not spread: exchanges have many shapes, which V8 copies slowly that way.
    kept.exchange = Object.assign({}, kept.exchange, recorded);
    this.#exchanges.reweigh(number);
    if (change) this.#tell(number, change);
  }

  #tell(number: number, change: ExchangeChange): void {
    const exchange = this.#exchanges.get(number)?.exchange;
    if (!exchange) return;
    for (const listener of this.#listeners) listener(exchange, change);
  }
}

/** An exchange, and what it weighs by what has come so far. */
interface Weighed {
  exchange: Exchange;
  bytes: number;
}

function weightOfRequest({ message: { method, target, headers, body }, head }: ReceivedRequest): number {
  return textBytes(method) + textBytes(target) + weightOf(headers) + body.byteLength + (head?.byteLength ?? 0);
}

/** What an exchange's answer and judgement weigh; of those that `which` has, if it is given. */
function weightOfFields({ response, authentication }: Partial<Exchange>, which?: Partial<Exchange>): number {
  const isAsked = (name: keyof Exchange): boolean => which === undefined || Object.hasOwn(which, name);
  let bytes = 0;
  if (response && isAsked('response')) bytes += weightOf(response);
  if (authentication && isAsked('authentication')) bytes += weightOf(authentication);
  return bytes;
}

function numberOf(id: string): number | undefined {
  return /^x[1-9]\d{0,14}$/.test(id) ? Number(id.slice(1)) : undefined;
}

interface EntryAccess {
  readonly read: () => Exchange | undefined;
  readonly amend: (fields: Partial<Exchange>, change?: ExchangeChange) => void;
  readonly elapsedMs: () => number;
}

class RecordedEntry implements JournalEntry {
  readonly journaled = true;
  readonly id: string;
  readonly #access: EntryAccess;
  #body: Uint8Array = noBytes;
  #finished = false;

  constructor(id: string, access: EntryAccess) {
    this.id = id;
    this.#access = access;
  }

  get exchange(): Exchange | undefined {
    return this.#access.read();
  }

  provider(name: string, account?: string): void {
    this.#access.amend({ provider: name, ...(account !== undefined && { account }) });
  }

  authentication(record: AuthenticationRecord): void {
    this.#access.amend({ authentication: record });
  }

  call(id: string): void {
    this.#access.amend({ call: id });
  }

  responseBody(body: Uint8Array | undefined): void {
    this.#body = body ?? noBytes;
  }

  finish(answer: { readonly status: number; readonly headers: OutgoingHttpHeaders } | undefined): void {
    if (this.#finished) return;
    this.#finished = true;
    const elapsedMs = this.#access.elapsedMs();
    const response = answer && { status: answer.status, headers: headerList(answer.headers), ...keptBody(this.#body) };
    this.#access.amend({ elapsedMs, ...(response && { response }) }, 'answered');
  }
}

/** Of a long body the beginning, without the rest of its buffer. */
function keptBody(body: Uint8Array): { readonly body: Uint8Array; readonly bodyBytes?: number } {
  if (body.length <= keptBytes) return { body };
  return { body: Uint8Array.prototype.slice.call(body, 0, keptBytes), bodyBytes: body.length };
}

function headerList(headers: OutgoingHttpHeaders): Header[] {
  return Object.entries(headers).flatMap(([name, value = '']) =>
    Array.isArray(value) ? value.map((one): Header => [name, one]) : [[name, String(value)] as Header],
  );
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
