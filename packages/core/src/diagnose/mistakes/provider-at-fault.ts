import { urlPath } from './url-path.ts';
import type { NoteClass } from '../report/note-class.ts';

/** The provider's own example is wrong. */
export const providerAtFault: NoteClass = {
  id: 'provider/at-fault',
  note: ({ steps, evidence }) => {
    if (!steps.some(({ mistake, detail }) => mistake === urlPath && detail.kind === 'documented')) return undefined;
    return `The path that was signed stands in an old edition of the provider's documentation (${evidence.scheme.documentation}): if the request was copied from there, the page is at fault, not your code.`;
  },
};
