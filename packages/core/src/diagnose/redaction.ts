import type { DiagnoseOptions, Diagnosis, DiagnosisCredential, Mistake } from './diagnosis.ts';
import { secretText } from './secret-text.ts';

/** The last line of defence: whatever the wording did, no secret's text leaves. */
export function redactor(
  credential: DiagnosisCredential,
  options: DiagnoseOptions,
): (diagnosis: Diagnosis) => Diagnosis {
  const secrets = [credential, ...(options.alsoSecrets ?? [])]
    .map(({ secret }) => secretText(secret))
    .filter((text) => text.trim().length >= 8);
  const clean = (text: string): string =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, '[key]').replaceAll(secret.trim(), '[key]'), text);
  const mistake = (one: Mistake): Mistake => ({
    ...one,
    summary: clean(one.summary),
    yours: clean(one.yours),
    expected: clean(one.expected),
  });
  return (diagnosis) => ({
    ...diagnosis,
    mistakes: diagnosis.mistakes.map(mistake),
    alternatives: diagnosis.alternatives.map((mistakes) => mistakes.map(mistake)),
    notes: diagnosis.notes.map(({ id, summary }) => ({ id, summary: clean(summary) })),
  });
}
