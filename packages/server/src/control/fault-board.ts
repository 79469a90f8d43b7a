import { BoundedMap } from '../bounded/bounded-map.ts';
import { weightOf } from '../bounded/weight.ts';
import type { FaultSetting } from '../contract/fault.ts';
import { ControlError } from './control-error.ts';

/** Faults that a developer switched on, by name. */
export class FaultBoard {
  /** All of them are held: none is switched off because there are others. */
  readonly #faults = new BoundedMap<string, FaultSetting>('faults', { weigh: weightOf, held: 'faults' });

  get(name: string): FaultSetting | undefined {
    return this.#faults.get(name);
  }

  list(): FaultSetting[] {
    return [...this.#faults.values()];
  }

  /** @throws ControlError 409 when as many are switched on as there may be */
  switchOn(fault: FaultSetting): void {
    this.#faults.delete(fault.name);
    if (this.#faults.hold(fault.name, fault)) return;
    const summary = `the fault "${fault.name}" is not switched on: ${this.#faults.size} others are, which is the most`;
    throw new ControlError(409, 'faults/too-many', summary);
  }

  switchOff(name: string): void {
    this.#faults.delete(name);
  }

  clear(): void {
    for (const { name } of this.list()) this.#faults.delete(name);
  }
}
