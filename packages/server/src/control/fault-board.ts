import type { FaultSetting, FaultTable } from '../contract/fault.ts';
import { ControlError } from './control-error.ts';

/** Faults that a developer switched on, by name. */
export class FaultBoard {
  readonly #kinds: FaultTable;
  readonly #faults = new Map<string, FaultSetting>();

  /** @param kinds the faults that there are */
  constructor(kinds: FaultTable) {
    this.#kinds = kinds;
  }

  get(name: string): FaultSetting | undefined {
    return this.#faults.get(name);
  }

  list(): FaultSetting[] {
    return [...this.#faults.values()];
  }

  /** @throws ControlError 400 when there is no such fault, or it cannot be given that code */
  switchOn(fault: FaultSetting): void {
    const { name, code } = fault;
    const { codes } = this.#kind(name);
    if (code !== undefined && !takes(codes, code)) {
      const summary = `the fault "${name}" cannot be given the code ${JSON.stringify(code)}; ${expected(codes)}`;
      throw new ControlError(400, 'faults/unknown-code', summary);
    }
    this.#faults.delete(name);
    this.#faults.set(name, fault);
  }

  /** @throws ControlError 400 when there is no such fault */
  switchOff(name: string): void {
    this.#kind(name);
    this.#faults.delete(name);
  }

  clear(): void {
    this.#faults.clear();
  }

  #kind(name: string): FaultTable[string] {
    const kind = Object.hasOwn(this.#kinds, name) ? this.#kinds[name] : undefined;
    if (kind) return kind;
    const known = Object.keys(this.#kinds).join(', ');
    throw new ControlError(400, 'faults/unknown', `there is no fault ${JSON.stringify(name)}; there are ${known}`);
  }
}

type Codes = FaultTable[string]['codes'];

function takes(codes: Codes, code: string): boolean {
  if (codes === undefined || codes === 'text') return codes === 'text';
  return codes === 'number' ? /^\d{1,15}$/.test(code) : codes.includes(code);
}

function expected(codes: Codes): string {
  if (codes === undefined) return 'it takes none';
  if (codes === 'number') return 'expected a whole number';
  return codes === 'text' ? 'expected text' : `expected one of ${codes.join(', ')}`;
}
