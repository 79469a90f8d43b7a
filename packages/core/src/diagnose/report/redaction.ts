import { redactionOf } from '../../redaction/redaction.ts';
import type { DiagnoseOptions, Diagnosis, DiagnosisCredential, Fixes, Mistake } from '../diagnosis.ts';

/** The last line of defence: whatever the wording did, no form of a secret leaves. */
export function redactor(
  credential: DiagnosisCredential,
  options: DiagnoseOptions,
): (diagnosis: Diagnosis) => Diagnosis {
  const { text: clean } = redactionOf([credential, ...(options.alsoSecrets ?? [])].map(({ secret }) => secret));
  const cleanFix = (fix: Fixes): Fixes =>
    Object.fromEntries(Object.entries(fix).map(([language, code]) => [language, clean(code)])) as unknown as Fixes;
  const mistake = (one: Mistake): Mistake => ({
    ...one,
    summary: clean(one.summary),
    yours: clean(one.yours),
    expected: clean(one.expected),
    fix: cleanFix(one.fix),
  });
  return (diagnosis) => ({
    ...diagnosis,
    mistakes: diagnosis.mistakes.map(mistake),
    alternatives: diagnosis.alternatives.map((mistakes) => mistakes.map(mistake)),
    notes: diagnosis.notes.map(({ id, summary }) => ({ id, summary: clean(summary) })),
    ...(diagnosis.yourString && {
      yourString: { ...diagnosis.yourString, mistakes: diagnosis.yourString.mistakes.map(mistake) },
    }),
    missing: diagnosis.missing.map(({ option, summary }) => ({ option, summary: clean(summary) })),
  });
}
