/** A fault that a developer switched on. */
export interface FaultSetting {
  readonly name: string;
  readonly status?: number;
  readonly code?: string;
}

/** A fault that can be switched on. */
export interface FaultKind {
  /** What it does, completing "while it is switched on, …". */
  readonly effect: string;
  /** Whether the status that it is given makes a difference. */
  readonly takesStatus?: true;
  /** The codes that it can be given: these, any text, or any whole number; none unless said. */
  readonly codes?: readonly string[] | 'text' | 'number';
}

/** Faults by their names. */
export type FaultTable = Readonly<Record<string, FaultKind>>;
