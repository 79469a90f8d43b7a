/** The names of providers in a module's code (strings, text of JSX and identifiers), each once, as written. */
export function providerNames(file: string, text: string): string[];
/** Whether a file may name providers for good. */
export function isProviders(file: string): boolean;
