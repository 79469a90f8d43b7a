import type { Diagnosis, Mistake } from '@countersign/core/diagnose';

const alternativeLimit = 8;

/**
 * One diagnosis out of those of all shards. The shortest explanation is the answer, of equal ones that of the first shard;
 * the others are alternatives to it.
 *
 * @param alone what was found before the work was shared out
 * @param rounds every shard's diagnosis in their order, by round; an explanation is in the last
 */
export function merged(alone: Diagnosis, rounds: readonly (readonly Diagnosis[])[], elapsedMs: number): Diagnosis {
  const shards = rounds.at(-1) ?? [];
  const tried = rounds.flat().reduce((sum, diagnosis) => sum + diagnosis.tried, alone.tried);
  const [best, ...others] = shards
    .filter(({ verdict }) => verdict !== 'unexplained')
    .toSorted((left, right) => left.mistakes.length - right.mistakes.length);
  if (best) {
    const alternatives = distinct([best, ...others].flatMap((one) => [one.mistakes, ...one.alternatives])).slice(1);
    return { ...best, alternatives: alternatives.slice(0, alternativeLimit), tried, elapsedMs };
  }
  const bounds = new Map(shards.flatMap(({ notes }) => notes.filter(isBound)).map((note) => [note.id, note]));
  if (bounds.has('budget/candidates')) {
    const summary = `The search ended after ${tried} candidates, those of all its parts together.`;
    bounds.set('budget/candidates', { id: 'budget/candidates', summary });
  }
  if (bounds.has('budget/bytes')) {
    const summary = 'The search ended with its bytes of work (budget.bytes), those of all its parts together.';
    bounds.set('budget/bytes', { id: 'budget/bytes', summary });
  }
  const notes = [...alone.notes.filter((note) => !isBound(note)), ...bounds.values()].map(({ id, summary }) => ({
    id,
    // The note that counts one part's candidates counts all of them.
    summary: id === 'search' ? summary.replace(String(alone.tried), String(tried)) : summary,
  }));
  return { ...alone, notes, tried, elapsedMs };
}

/** What ended a search. */
function isBound({ id }: { readonly id: string }): boolean {
  return id.startsWith('budget/');
}

function distinct(explanations: readonly (readonly Mistake[])[]): (readonly Mistake[])[] {
  const seen = new Set<string>();
  return explanations.filter((mistakes) => {
    const places = mistakes.map(({ id, at }) => `${id}@${at.part}`).toSorted();
    return seen.size < seen.add(places.join()).size;
  });
}
