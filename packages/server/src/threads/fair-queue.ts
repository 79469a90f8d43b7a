import { Fifo } from './fifo.ts';

/** A waiting job. */
export interface QueuedJob<Job> {
  /** Absent once it was taken or dropped: a place may stay in a line for a while, its job does not. */
  job: Job | undefined;
  /** The lines that it stands in. */
  readonly lines: Set<string>;
}

/** A round ends when so many lines have had their turn, even if ever new ones come. */
const MAX_TURNS_PER_ROUND = 10_000;

/**
 * Jobs in lines, one line for each call: in every round each line has one turn, however long it is. So whoever asks for
 * much waits longer; whoever comes with little waits for the jobs that run, and for one job of every line that has not
 * had its turn in this round. A job that several want stands in all their lines and is taken once. Every operation takes
 * constant time, averaged over a job's life.
 */
export class FairQueue<Job> {
  readonly #lines = new Map<string, Fifo<QueuedJob<Job>>>();
  /** The lines that have places: those whose turn is still to come in this round, and those that have had it. */
  readonly #round = new Fifo<string>();
  readonly #nextRound = new Fifo<string>();
  readonly #served = new Set<string>();
  #waiting = 0;

  /** How many jobs wait. */
  get size(): number {
    return this.#waiting;
  }

  /** Puts a job at the end of the lines. */
  add(job: Job, lines: Iterable<string>): QueuedJob<Job> {
    const place: QueuedJob<Job> = { job, lines: new Set() };
    this.#waiting++;
    for (const line of lines) this.join(place, line);
    return place;
  }

  /** Puts a job that waits already at the end of one line more. */
  join(place: QueuedJob<Job>, line: string): void {
    if (place.job === undefined || place.lines.has(line)) return;
    place.lines.add(line);
    const waiting = this.#lines.get(line);
    if (waiting === undefined) {
      this.#lines.set(line, new Fifo([place]));
      this.#queueUp(line);
    } else {
      waiting.push(place);
    }
  }

  /** Takes a job out of one line; out of the last one, it is dropped. Returns whether it was dropped. */
  leave(place: QueuedJob<Job>, line: string): boolean {
    if (place.job === undefined || !place.lines.delete(line) || place.lines.size > 0) return false;
    this.#end(place);
    return true;
  }

  /** Takes the next job of the line whose turn it is; `undefined` when none waits. */
  take(): Job | undefined {
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      const waiting = this.#lines.get(line);
      const place = waiting && nextIn(waiting, line);
      if (place?.job !== undefined) this.#served.add(line);
      if (waiting === undefined || waiting.length === 0) this.#lines.delete(line);
      else this.#queueUp(line);
      if (place?.job !== undefined) {
        const { job } = place;
        this.#end(place);
        return job;
      }
    }
    return undefined;
  }

  #queueUp(line: string): void {
    (this.#served.has(line) ? this.#nextRound : this.#round).push(line);
  }

  #nextLine(): string | undefined {
    if (this.#round.length === 0 || this.#served.size >= MAX_TURNS_PER_ROUND) {
      for (let line = this.#nextRound.shift(); line !== undefined; line = this.#nextRound.shift())
        this.#round.push(line);
      this.#served.clear();
    }
    return this.#round.shift();
  }

  #end(place: QueuedJob<Job>): void {
    place.job = undefined;
    place.lines.clear();
    this.#waiting--;
  }
}

/** The first place of a line that still stands in it: others were taken by another line's turn, or have left. */
function nextIn<Job>(waiting: Fifo<QueuedJob<Job>>, line: string): QueuedJob<Job> | undefined {
  let place = waiting.shift();
  while (place !== undefined && !place.lines.has(line)) place = waiting.shift();
  return place;
}
