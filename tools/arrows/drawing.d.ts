/** The rooms of a package, the highest first, each with the rooms of the package that it imports. */
export function drawing(folder: string): string;
