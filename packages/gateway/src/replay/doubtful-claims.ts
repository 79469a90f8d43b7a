/**
 * Claims that were sent to a store whose answer was lost: they may be there or not. Their requests were refused, so they
 * are released as soon as the store answers again; else a sender's retry would be a repeat of what nobody acted upon.
 */
export class DoubtfulClaims {
  readonly #claims = new Map<string, string>();
  readonly #release: (key: string, token: string) => Promise<void>;
  #draining = false;

  constructor(release: (key: string, token: string) => Promise<void>) {
    this.#release = release;
  }

  /** Remembers one; beyond the bound the oldest one stays claimed until its time is over. */
  add(key: string, token: string): void {
    this.#claims.set(token, key);
    const [oldest] = this.#claims.keys();
    if (this.#claims.size > mostDoubtful && oldest !== undefined) this.#claims.delete(oldest);
  }

  /** Releases them all; stops at the first that fails, to go on when called again. */
  async drain(): Promise<void> {
    if (this.#draining || this.#claims.size === 0) return;
    this.#draining = true;
    try {
      for (const [token, key] of this.#claims) {
        await this.#release(key, token);
        this.#claims.delete(token);
      }
    } catch {
      // The store is gone again.
    } finally {
      this.#draining = false;
    }
  }
}

const mostDoubtful = 10_000;
