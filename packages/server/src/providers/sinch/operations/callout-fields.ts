import { boolean, choice, object, optional, string } from '../../../json-schema/schema.ts';

/** Whom to call. */
export const destination = object({ type: string(), endpoint: string({ minLength: 1 }) });

/** `pstn` or `mxp`, in either case. */
export const domain = choice(['pstn', 'mxp', 'PSTN', 'MXP']);

/** Which callbacks the application wants; none unless it says so. */
export const enabled = {
  enableAce: optional(boolean()),
  enableDice: optional(boolean()),
  enablePie: optional(boolean()),
};

/** Reads a domain. */
export function domainOf(text: string | undefined): 'pstn' | 'mxp' {
  return text?.toLowerCase() === 'mxp' ? 'mxp' : 'pstn';
}
