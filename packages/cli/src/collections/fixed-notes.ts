import type { Diagnosis } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import type { RequestNote } from '@countersign/core/requests/request-note';
import type { CollectionRequest, FixedRequest } from './collection-subjects.ts';

/**
 * Says where the fix of an explained request belongs in the scripts of its collection, and what comes of it: the collection
 * is run once more with the fix in that place.
 *
 * @param isRight whether a request is rightly signed
 */
export async function fixedNotes(
  { withFixes }: Pick<CollectionRequest, 'withFixes'>,
  { verdict, mistakes }: Pick<Diagnosis, 'verdict' | 'mistakes'>,
  isRight: (message: Message) => boolean,
): Promise<readonly RequestNote[]> {
  if (!withFixes || verdict !== 'explained') return [];
  const fixes = mistakes.flatMap(({ fix }) => fix.postman ?? []);
  if (fixes.length === 0 || fixes.length < mistakes.length) return [];
  const fixed = await withFixes(fixes);
  if (!fixed) return [];
  const places = fixed.places.map(({ script, line }) => `line ${line} of the pre-request script ${script.of}`);
  const where = `in place of ${places.join(' and ')}`;
  const holds = (one: FixedRequest | undefined): boolean => one?.message !== undefined && isRight(one.message);
  if (holds(fixed))
    return [
      { id: 'run/fixed', summary: `With the fix ${where} the request is right: the collection was run again with it.` },
    ];
  const unresolved = mistakes.filter(({ id }) => id === 'template/unresolved');
  const before = [
    ...(unresolved.some(({ at }) => at.part !== 'body') ? [urlResolved] : []),
    ...(unresolved.some(({ at }) => at.part === 'body') ? [bodyResolved] : []),
  ].join('\n');
  if (before !== '' && holds(await withFixes(fixes, before))) {
    const why = 'because Postman makes the values of variables such as {{$guid}} anew each time it reads them';
    const summary = `With the fix ${where}, and before it ${before.replace('\n', ' ')} (${why}), the request is right: the collection was run again with both.`;
    return [{ id: 'run/fixed', summary }];
  }
  return [
    { id: 'run/fix-place', summary: `The fix belongs ${where}; run again with it, the request is still not right.` },
  ];
}

/** What is sent then is what the script reads. */
const urlResolved = 'pm.request.url.update(pm.variables.replaceIn(pm.request.url.toString()));';
const bodyResolved =
  'pm.request.body.update({ ...pm.request.body.toJSON(), raw: pm.variables.replaceIn(pm.request.body.raw) });';
