import { headerValue } from '../message.ts';
import { noteCatalog } from './catalog.ts';
import type { ContentHashResult } from './content-hash-search.ts';
import type { DiagnosisNote, Mistake, Verdict } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import { rightKey } from './key-candidates.ts';
import { keyFingerprint, secretText } from './secret-text.ts';

/** What is left when nothing fits: how much was tried, which stages were fine, what the key looks like. */
export function negativeNotes(evidence: Evidence, hash: ContentHashResult | undefined): DiagnosisNote[] {
  const { scheme, credential, budget } = evidence;
  const notes: DiagnosisNote[] = [
    {
      id: 'search',
      summary: `${budget.tried} candidate signatures were computed and none is the received one${budget.spent ? '; the budget ended the search, so a larger one may find more' : ''}. What is left is usually another key.`,
    },
    ...boundNotes(evidence),
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

/** Which bound of the budget ended the search, and what was left out because of its size. */
export function boundNotes({ budget, message: { body } }: Evidence): DiagnosisNote[] {
  const notes: DiagnosisNote[] = [];
  const millions = `${Math.round(budget.bytes / 100_000) / 10} million bytes of work (budget.bytes)`;
  if (budget.endedBy === 'candidates')
    notes.push({
      id: 'budget/candidates',
      summary: `The search ended after ${budget.candidates} candidates (budget.candidates).`,
    });
  if (budget.endedBy === 'bytes') notes.push({ id: 'budget/bytes', summary: `The search ended after ${millions}.` });
  else if (budget.leftOut)
    notes.push({
      id: 'budget/bytes',
      summary: `The body has ${body.length} bytes: its likelier variants were tried, and the others left out, because all bodies together may take three quarters of ${millions}.`,
    });
  if (budget.endedBy === 'time')
    notes.push({
      id: 'budget/time',
      summary:
        'The time ended the search (budget.ms) before its work was done; on a machine with less to do it may find more.',
    });
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
