import type { NoteClass } from '../report/note-class.ts';

/** The same signature was accepted before. Official SDKs resend one when they retry, so this alone is no fault. */
export const replayRepeated: NoteClass = {
  id: 'replay/repeated',
  note: ({ evidence }) => {
    const signature = evidence.authorization?.fields.signature;
    if (signature === undefined || !new Set(evidence.options.seenSignatures).has(signature)) return undefined;
    return 'This signature was seen before: a retry resends it, and a service that refuses repeats wants a new date and signature.';
  },
};
