import type { OutgoingHttpHeaders } from 'node:http';
import type { Header } from '@countersign/core/message';
import { type Redaction, redactionOf } from '@countersign/core/redaction';
import type { ReceivedRequest } from '../http/receive-message.ts';
import type { AuthenticationRecord, Exchange, ExchangeRecorder } from './exchange.ts';
import { recordedFields, recordedRequest } from './redacted-exchange.ts';

export interface JournalLimits {
  /** How many exchanges are kept. Default 10 000. */
  readonly maxExchanges?: number;
  /** How many bytes of bodies (requests and responses) they may hold together. Default 64 MiB. */
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
/** What an exchange weighs beside its bodies: headers, trace, bookkeeping. An estimate. */
const overheadBytes = 2_048;

/**
 * Every request that reached the server, bounded in number and bytes: the oldest go first. Ids are `x1`, `x2`, … in the
 * order of arrival, so that one that was dropped is told from one that never was. What is recorded holds no key of the
 * server, in memory neither.
 */
export class Journal {
  readonly #wallNow: () => Date;
  readonly #redaction: Redaction;
  readonly #maxExchanges: number;
  readonly #maxBytes: number;
  readonly #exchanges = new Map<number, Exchange>();
  readonly #listeners = new Set<ExchangeListener>();
  #last = 0;
  /** The oldest that is kept. Counting is cheaper than asking a map for its first entry when many before it are gone. */
  #oldest = 1;
  #bytes = 0;

  constructor(wallNow: () => Date, limits: JournalLimits = {}, redaction: Redaction = redactionOf([])) {
    this.#wallNow = wallNow;
    this.#redaction = redaction;
    this.#maxExchanges = limits.maxExchanges ?? 10_000;
    this.#maxBytes = limits.maxBytes ?? 64 * 1024 * 1024;
  }

  get size(): number {
    return this.#exchanges.size;
  }

  /** Begins an exchange. */
  open(received: ReceivedRequest): JournalEntry {
    this.#last += 1;
    const number = this.#last;
    const receivedAtMs = this.#wallNow().getTime();
    const startedAtMs = performance.now();
    this.#exchanges.set(number, {
      id: `x${number}`,
      provider: 'none',
      receivedAtMs,
      ...recordedRequest(received, this.#redaction),
      ...(received.body === 'cut' && { bodyCut: true }),
    });
    this.#bytes += received.message.body.length + overheadBytes;
    this.#evict();
    this.#tell(number, 'opened');
    return new RecordedEntry(`x${number}`, {
      read: () => this.#exchanges.get(number),
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
    const before = options.before === undefined ? this.#last + 1 : (numberOf(options.before) ?? this.#last + 1);
    for (let number = Math.min(before - 1, this.#last); number >= this.#oldest && found.length < limit; number -= 1) {
      const exchange = this.#exchanges.get(number);
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
    this.#oldest = this.#last + 1;
    this.#bytes = 0;
  }

  #amend(number: number, fields: Partial<Exchange>, change: ExchangeChange | undefined): void {
    const exchange = this.#exchanges.get(number);
    if (!exchange) return;
    // Not spread: exchanges have many shapes, which V8 copies slowly that way.
    this.#exchanges.set(number, Object.assign({}, exchange, recordedFields(fields, this.#redaction)));
    if (fields.response) {
      this.#bytes += fields.response.body.length;
      this.#evict();
    }
    if (change) this.#tell(number, change);
  }

  #evict(): void {
    while (this.#oldest < this.#last) {
      if (this.#exchanges.size <= this.#maxExchanges && this.#bytes <= this.#maxBytes) return;
      const { request, response } = this.#exchanges.get(this.#oldest) as Exchange;
      this.#exchanges.delete(this.#oldest);
      this.#oldest += 1;
      this.#bytes -= request.body.length + (response?.body.length ?? 0) + overheadBytes;
    }
  }

  #tell(number: number, change: ExchangeChange): void {
    const exchange = this.#exchanges.get(number);
    if (!exchange) return;
    for (const listener of this.#listeners) listener(exchange, change);
  }
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
    const response = answer && { status: answer.status, headers: headerList(answer.headers), body: this.#body };
    this.#access.amend({ elapsedMs, ...(response && { response }) }, 'answered');
  }
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
