import { acs } from './providers/acs/plug.ts';
import type { TypesOf } from './providers/plug.ts';
import { sinch } from './providers/sinch/plug.ts';

/** The providers of this server, in the order in which they are shown: the one list of them. */
export const plugs = [acs, sinch] as const;

/** The types that the providers bring along: a union, told apart by `name`. */
export type ProviderTypes = TypesOf<(typeof plugs)[number]>;
