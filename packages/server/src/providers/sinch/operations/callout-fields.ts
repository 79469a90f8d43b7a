import { Type } from 'typebox';

/** Whom to call. */
export const destination = Type.Object({ type: Type.String(), endpoint: Type.String({ minLength: 1 }) });

/** `pstn` or `mxp`, in either case. */
export const domain = Type.Enum(['pstn', 'mxp', 'PSTN', 'MXP']);

/** Which callbacks the application wants; none unless it says so. */
export const enabled = {
  enableAce: Type.Optional(Type.Boolean()),
  enableDice: Type.Optional(Type.Boolean()),
  enablePie: Type.Optional(Type.Boolean()),
};

/** Reads a domain. */
export function domainOf(text: string | undefined): 'pstn' | 'mxp' {
  return text?.toLowerCase() === 'mxp' ? 'mxp' : 'pstn';
}
