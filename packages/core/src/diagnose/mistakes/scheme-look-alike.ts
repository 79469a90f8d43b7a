import type { NoteClass } from '../report/note-class.ts';
import { isKnownPlace, speaksForItsService } from '../reading/known-service.ts';
import { schemeOther } from './scheme-other.ts';

/** Host and path are of no known service: what is a mistake at one may be the rule of another that looks alike. */
export const schemeLookAlike: NoteClass = {
  id: 'scheme/look-alike',
  note: ({ evidence, verdict, steps }) => {
    const { scheme, host } = evidence;
    if (steps.some(({ mistake, detail }) => mistake === schemeOther && detail.kind === 'look-alike'))
      return `Which service this is, is not known here. If it reads the key and writes its parts in the way told, the request is right; if it is the service of ${scheme.id}, that way is the mistake: name its host (${evidence.ask('host')}) to have it judged so.`;
    if (verdict === 'unexplained' && !speaksForItsService(evidence))
      return `Neither the host "${host}" nor the path is one of the service of ${scheme.id}. Another service may use the same header with another reading of the key or other parts: its documentation says which.`;
    if (
      verdict === 'explained' &&
      steps.length > 0 &&
      !isKnownPlace(evidence) &&
      steps.every(({ mistake }) => mistake.variesByService)
    )
      return `The host "${host}" and the path are none of the service of ${scheme.id}. If another service sends or takes this request, its documentation says how it reads the key, and the request may be right.`;
    return undefined;
  },
};
