import { headerValue } from '../message.ts';
import { noteCatalog } from './catalog.ts';
import type { ContentHashResult } from './content-hash-search.ts';
import type { DiagnosisNote, Mistake, Verdict } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import { rightKey } from './key-candidates.ts';
import type { SearchBudget } from './search-budget.ts';
import type { SearchResult } from './search.ts';
import { keyFingerprint, secretText } from './secret-text.ts';

/** What is left when nothing fits: how much was tried, which stages were fine, what the key looks like. */
export function negativeNotes(
  evidence: Evidence,
  result: SearchResult,
  hash: ContentHashResult | undefined,
  budget: SearchBudget,
): DiagnosisNote[] {
  const { scheme, credential } = evidence;
  const notes: DiagnosisNote[] = [
    {
      id: 'search',
      summary: `${budget.tried} candidate signatures were computed and none is the received one${result.exhausted ? '; the budget ended the search, so a larger one may find more' : ''}. What is left is usually another key.`,
    },
  ];
  if (hash?.state === 'right')
    notes.push({ id: 'content-hash', summary: 'The content hash is right, so the body is not the fault.' });
  const text = secretText(credential.secret);
  const shape = rightKey(evidence);
  notes.push({
    id: 'key/other',
    summary: `The key given: ${keyFingerprint(text)}; ${shape.bytes.length} bytes as ${scheme.id} reads it. Compare with the key that the signer has, and name further keys if there are any.`,
  });
  if (!shape.clean) notes.push(uncleanKey(evidence));
  return notes;
}

/** The secret given had something sticking to it. */
export function uncleanKey({ scheme, credential }: Evidence): DiagnosisNote {
  return {
    id: 'key/stray-characters',
    summary: `The secret given is no clean ${scheme.key.encoding} (${keyFingerprint(secretText(credential.secret))}); what sticks to it was taken off.`,
  };
}

/** What is worth knowing beside any verdict. */
export function notesOf(evidence: Evidence, verdict: Verdict, mistakes: readonly Mistake[]): DiagnosisNote[] {
  const notes: DiagnosisNote[] = [];
  const { message, date, scheme } = evidence;
  for (const name of scheme.date?.headers ?? []) {
    const other = headerValue(message.headers, name);
    if (date && name !== date.header && other !== undefined && other !== date.text) {
      notes.push({
        id: 'header/duplicated',
        summary: `${name} says "${other}", and the date that counts is "${date.text}" in ${date.header}.`,
      });
    }
  }
  for (const { id, note } of noteCatalog) {
    const summary = note({ evidence, verdict, mistakes });
    if (summary !== undefined) notes.push({ id, summary });
  }
  return notes;
}
