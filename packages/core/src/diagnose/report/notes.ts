import type { ContentHashResult } from '../search/content-hash-search.ts';
import type { DiagnosisNote } from '../diagnosis.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { MistakeClass } from '../search/mistake-class.ts';
import { isBlind, lostNotes } from './edited-file.ts';
import type { NoteClass, Outcome } from './note-class.ts';
import { canHit } from '../search/matrix.ts';
import { grouped } from '../text/grouped.ts';
import { rightKey } from '../reading/right-key.ts';
import type { SearchExtent } from '../search/move-lists.ts';

/** What is left when nothing fits: what was tried, which stages were fine, what the key looks like. */
export function negativeNotes(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  hash: ContentHashResult | undefined,
  extent: SearchExtent,
  isOpen: boolean,
): DiagnosisNote[] {
  const lost = lostNotes(evidence, hash);
  const notes: DiagnosisNote[] = [
    ...lost,
    { id: 'search', summary: searchSummary(evidence, extent, isOpen, isBlind(evidence, hash)) },
    ...boundNotes(evidence),
  ];
  if (hash?.state === 'right')
    notes.push({ id: 'content-hash', summary: 'The content hash is right, so the body is not the fault.' });
  const key = rightKey(evidence);
  if (!isBlind(evidence, hash))
    notes.push(
      ...classes.flatMap(({ id, noteInVain }) => {
        const summary = noteInVain?.(evidence, key);
        return summary === undefined ? [] : [{ id, summary }];
      }),
    );
  if (!key.clean) notes.push(...uncleanKey(evidence, classes));
  return notes;
}

function searchSummary(
  { budget }: Evidence,
  { keys, values, layouts }: SearchExtent,
  isOpen: boolean,
  lacksBody: boolean,
): string {
  const tried = [
    ...(keys > 0 ? [`${grouped(keys)} other keys, readings of the key and computations with it`] : []),
    ...values.map(({ part, made }) => `${grouped(made)} other ${made === 1 ? 'value' : 'values'} of the ${part}`),
    ...(layouts > 0 ? [`${grouped(layouts)} other ways to put the string together`] : []),
  ];
  if (tried.length === 0 && !budget.spent)
    return 'What stands in the place of the signature can be no digest in any encoding that people use: it is cut, crossed out, or something else. There is nothing to search for.';
  const of = tried.length === 0 ? '' : ` They were made of ${tried.join(', ')}.`;
  const more = budget.spent ? '; the search ended at its limit, and a longer one may find more' : '';
  const left = [
    ...(isOpen ? ['a value that the request does not show, '] : []),
    ...(budget.spent || budget.leftOut ? ['a mistake for which the search had no room, '] : []),
  ];
  const key = lacksBody
    ? 'the body that was sent'
    : left.length === 0
      ? 'usually another key'
      : `${left.join('')}or another key`;
  return `${grouped(budget.tried)} candidate signatures were computed, and none is the received one${more}.${of} What is left is ${key}.`;
}

/** Which bound of the budget ended the search, and what was left out because of its size. */
export function boundNotes({ budget, message: { body }, isBrotli, options }: Evidence): DiagnosisNote[] {
  const notes: DiagnosisNote[] = [];
  if (isBrotli && !options.brotli)
    notes.push({
      id: 'input/brotli',
      summary:
        'The body is compressed with brotli, which cannot be undone here: whether the uncompressed body was hashed was not tried. The command line and the server can.',
    });
  const millions = `${Math.round(budget.bytes / 100_000) / 10} million bytes of work (budget.bytes)`;
  if (budget.endedBy === 'candidates')
    notes.push({
      id: 'budget/candidates',
      summary: `The search ended at its limit of ${grouped(budget.candidates)} candidates (budget.candidates).`,
    });
  if (budget.endedBy === 'bytes')
    notes.push({ id: 'budget/bytes', summary: `The search ended at its limit of ${millions}.` });
  else if (budget.leftOut)
    notes.push({
      id: 'budget/bytes',
      summary: `The body has ${grouped(body.length)} bytes: its likelier variants were tried, and the others left out, because all bodies together may take three quarters of ${millions}.`,
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
export function uncleanKey(evidence: Evidence, classes: readonly MistakeClass[]): DiagnosisNote[] {
  return classes.flatMap(({ id, noteUnclean }) => (noteUnclean ? [{ id, summary: noteUnclean(evidence) }] : []));
}

/** The request that was brought has no host, and one was taken for it. */
function hostNote({ isHostAssumed, host, credential, scheme }: Evidence): DiagnosisNote[] {
  if (!isHostAssumed || !canHit('a host or a URL', scheme)) return [];
  const whose = host === credential.endpointHost ? 'that of your connection string' : 'the one you named';
  return [
    {
      id: 'input/host',
      summary: `The request has no Host header here, which every client sends: ${host}, ${whose}, was taken for it.`,
    },
  ];
}

/** What is worth knowing besides any verdict. */
export function notesOf(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  noteClasses: readonly NoteClass[],
  outcome: Pick<Outcome, 'verdict' | 'steps'>,
): DiagnosisNote[] {
  const own = classes.flatMap(({ id, notes }) => [...(notes?.(evidence) ?? [])].map((summary) => ({ id, summary })));
  const further = noteClasses.flatMap(({ id, note }) => {
    const summary = note({ evidence, ...outcome });
    return summary === undefined ? [] : [{ id, summary }];
  });
  return [...hostNote(evidence), ...own, ...further];
}
