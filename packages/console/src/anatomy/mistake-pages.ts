import { createContext } from 'preact';

/** The address of the page about a class of mistakes. Without a provider there are no such pages. */
export const MistakePages = createContext<((id: string) => string) | undefined>(undefined);
