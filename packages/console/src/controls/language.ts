import type { FixLanguage } from '@countersign/core/diagnose';
import { signal } from '@preact/signals';

/** Languages in which fixes are shown, as people call them. */
export const languageNames: Readonly<Record<FixLanguage, string>> = {
  javascript: 'JavaScript',
  python: 'Python',
  csharp: 'C#',
  java: 'Java',
  php: 'PHP',
  go: 'Go',
  ruby: 'Ruby',
  bash: 'bash',
  powershell: 'PowerShell',
  postman: 'Postman script',
};

const storageKey = 'countersign.language';
const stored = localStorage.getItem(storageKey);

/** The language that the reader chose, remembered in this browser. */
export const language = signal<FixLanguage | undefined>(
  stored !== null && stored in languageNames ? (stored as FixLanguage) : undefined,
);

/** Chooses the reader's language. */
export function chooseLanguage(next: FixLanguage): void {
  language.value = next;
  localStorage.setItem(storageKey, next);
}
