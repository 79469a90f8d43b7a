import type { FaultSetting } from '../providers/provider-context.ts';

/** Faults that a developer switched on, by name. */
export class FaultBoard {
  readonly #faults = new Map<string, FaultSetting>();

  get(name: string): FaultSetting | undefined {
    return this.#faults.get(name);
  }

  list(): FaultSetting[] {
    return [...this.#faults.values()];
  }

  switchOn(fault: FaultSetting): void {
    this.#faults.set(fault.name, fault);
  }

  switchOff(name: string): void {
    this.#faults.delete(name);
  }

  clear(): void {
    this.#faults.clear();
  }
}
