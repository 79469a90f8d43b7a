import type { FixLanguage } from '@countersign/core/diagnose';

/** A record, so that none is forgotten; the library's own list would load all of diagnosis at the start. */
const languages: Readonly<Record<FixLanguage, true>> = {
  javascript: true,
  python: true,
  csharp: true,
  java: true,
  php: true,
  go: true,
  ruby: true,
  bash: true,
  powershell: true,
  postman: true,
};

/** The languages of fixes and programs, as options name them. */
export const languageNames: readonly FixLanguage[] = Object.keys(languages) as FixLanguage[];

/** Whether a text names one of the languages. */
export function isLanguage(text: string): text is FixLanguage {
  return Object.hasOwn(languages, text);
}
