import { otherApi } from '../reading/other-api.ts';
import type { NoteClass } from '../report/note-class.ts';

/** Not every 401 is a signing fault. */
export const rightsOther: NoteClass = {
  id: 'rights/other',
  note: ({ verdict, steps, evidence }) =>
    verdict === 'valid' && steps.length === 0 && evidence.authorization && !otherApi(evidence)
      ? 'The signature is right. If the service still answers 401 or 403, look at what the key may do: its resource, the operation, the number or identity that the request names.'
      : undefined,
};
