import type { NoteClass } from '../report/note-class.ts';
import { otherApi } from '../reading/other-api.ts';

/** The request goes to an API that takes no such signature, right or wrong. */
export const schemeNotForThisApi: NoteClass = {
  id: 'scheme/not-for-this-api',
  note: ({ evidence }) => {
    const api = otherApi(evidence);
    return (
      api &&
      `The API at "${evidence.host}" (${api.name}) takes no signature of this scheme, right or wrong: it takes ${api.takes}.`
    );
  },
};
