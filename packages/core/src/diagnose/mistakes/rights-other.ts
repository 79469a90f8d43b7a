import { isReceived } from '../reading/direction.ts';
import { otherApi } from '../reading/other-api.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { NoteClass } from '../report/note-class.ts';

/** Not every 401 is a signing fault. */
export const rightsOther: NoteClass = {
  id: 'rights/other',
  note: ({ verdict, steps, evidence }) =>
    verdict === 'valid' && steps.length === 0 && evidence.authorization && !otherApi(evidence)
      ? whatElse(evidence)
      : undefined,
};

function whatElse(evidence: Evidence): string | undefined {
  if (!isReceived(evidence))
    return 'The signature is right. If the service still answers 401 or 403, look at what the key may do: its resource, the operation, the number or identity that the request names.';
  const { yourStringToSign, yourSignature } = evidence.options;
  if (yourStringToSign !== undefined || yourSignature !== undefined) return undefined;
  return `The signature is right. If your own code refuses it, then that computes something else: give the string that it makes of the request (${evidence.ask('your-string')}), or its signature (${evidence.ask('your-signature')}), and it is told what.`;
}
