/** The seed of a run: SEED where it is set, else that of the commit, else (in a copy that is no checkout) 1. */
export function seedOfRun(): number;
