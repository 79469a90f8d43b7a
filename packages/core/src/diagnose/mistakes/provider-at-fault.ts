import type { NoteClass } from '../note-class.ts';

/** The provider's own example is wrong. */
export const providerAtFault: NoteClass = {
  id: 'provider/at-fault',
  note: ({ mistakes, evidence }) => {
    const path = mistakes.find(
      ({ id, summary }) => id === 'url/path' && summary.includes("provider's own documentation"),
    );
    if (!path) return undefined;
    return `The path that was signed stands in an old edition of the provider's documentation (${evidence.scheme.documentation}): if the request was copied from there, the page is at fault, not your code.`;
  },
};
