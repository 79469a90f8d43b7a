/** What a suite is asked for by. */
export type SuiteVariable = 'MATRIX' | 'LANGUAGES' | 'SERVICES';
/** Files that `npm test` leaves out as a whole because they take long: they belong to the matrix. */
export const leftOut: readonly string[];
/** Files that run a sample, or nothing, unless `variable` is `all`. */
export function sampledFiles(variable: SuiteVariable): string[];
