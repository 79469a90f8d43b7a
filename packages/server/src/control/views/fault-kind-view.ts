import { array, boolean, choice, object, optional, string, typed, union } from '../../json-schema/schema.ts';
import type { FaultKind, FaultTable } from '../../contract/fault.ts';

/** A fault that can be switched on. */
export interface FaultKindView extends FaultKind {
  readonly name: string;
  /** The provider whose fault it is, by its name; without it, the server's own. */
  readonly provider?: string;
}

/** The schema of {@link FaultKindView}. */
export const faultKindView = typed<FaultKindView>(
  object({
    name: string(),
    effect: string({ description: 'What it does, completing "while it is switched on, …".' }),
    takesStatus: optional(boolean()),
    codes: optional(union([array(string()), choice(['text', 'number'])])),
    provider: optional(string({ description: 'Whose fault it is; without it, the server’s own.' })),
  }),
);

/** The faults of a table, as the control API lists them. */
export function viewFaultKinds(kinds: FaultTable, provider?: string): FaultKindView[] {
  return Object.entries(kinds).map(([name, kind]) => ({ name, ...kind, ...(provider !== undefined && { provider }) }));
}
