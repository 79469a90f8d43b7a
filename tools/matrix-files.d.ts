/** Files that `npm test` leaves out as a whole. */
export const leftOut: readonly string[];
/** Files that run a sample unless `MATRIX` is `all`. */
export function sampledFiles(): string[];
