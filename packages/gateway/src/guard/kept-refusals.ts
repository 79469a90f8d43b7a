import type { MessageHead } from '@countersign/core/receive';
import type { GuardRefusalCode } from './judge.ts';
import type { Route } from './route.ts';

/** A request that was refused, as it was received. */
export interface KeptRefusal {
  readonly id: string;
  readonly at: Date;
  readonly route: Route;
  readonly code: GuardRefusalCode;
  readonly summary: string;
  readonly head: MessageHead;
  /** Absent where the body was not waited for, or was too long to be kept. */
  readonly body: Uint8Array | undefined;
}

/** The latest refusals, for their diagnosis: bounded in number and in bytes. */
export class KeptRefusals {
  readonly #kept = new Map<string, KeptRefusal>();
  #bytes = 0;

  /** The longest body that is kept. */
  static readonly longestBody = 1024 * 1024;

  add(refusal: KeptRefusal): void {
    this.#kept.set(refusal.id, refusal);
    this.#bytes += sizeOf(refusal);
    for (const [id, oldest] of this.#kept) {
      if (this.#bytes <= mostBytes && this.#kept.size <= mostRefusals) return;
      this.#kept.delete(id);
      this.#bytes -= sizeOf(oldest);
    }
  }

  get(id: string): KeptRefusal | undefined {
    return this.#kept.get(id);
  }

  /** The latest ones first. */
  list(): KeptRefusal[] {
    return [...this.#kept.values()].toReversed();
  }
}

const mostRefusals = 1000;
const mostBytes = 32 * 1024 * 1024;

function sizeOf({ head, body, summary }: KeptRefusal): number {
  const lines = head.headers.reduce((bytes, [name, value]) => bytes + 2 * (name.length + value.length) + 64, 0);
  return 512 + 2 * (head.target.length + summary.length) + lines + (body?.length ?? 0);
}
