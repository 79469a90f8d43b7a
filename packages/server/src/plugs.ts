import { acs } from './providers/acs/plug.ts';
import { sinch } from './providers/sinch/plug.ts';

/** The providers of this server: the one list of them. */
export const plugs = [acs, sinch] as const;
