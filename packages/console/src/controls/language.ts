import type { FixLanguage } from '@countersign/core/diagnose';
import { signal } from '@preact/signals';

/** Languages in which fixes are shown, as people call them. */
export const languageNames: Readonly<Record<FixLanguage, string>> = {
  javascript: 'JavaScript',
  python: 'Python',
  csharp: 'C#',
  java: 'Java',
  php: 'PHP',
  postman: 'Postman script',
};

const storageKey = 'countersign.language';
const stored = localStorage.getItem(storageKey);

/** The reader's language, remembered in this browser. */
export const language = signal<FixLanguage>(
  stored !== null && stored in languageNames ? (stored as FixLanguage) : 'javascript',
);

/** Chooses the reader's language. */
export function chooseLanguage(next: FixLanguage): void {
  language.value = next;
  localStorage.setItem(storageKey, next);
}
