import type { MendLanguage } from '@countersign/core/diagnose';
import { signal } from '@preact/signals';

/** Languages in which mends are shown, as people call them. */
export const languageNames: Readonly<Record<MendLanguage, string>> = {
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
export const language = signal<MendLanguage>(
  stored !== null && stored in languageNames ? (stored as MendLanguage) : 'javascript',
);

/** Chooses the reader's language. */
export function chooseLanguage(next: MendLanguage): void {
  language.value = next;
  localStorage.setItem(storageKey, next);
}
