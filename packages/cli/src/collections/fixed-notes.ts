import type { Diagnosis } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import type { RequestNote } from '@countersign/core/requests/request-note';
import type { CollectionRequest } from './collection-subjects.ts';

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
  return fixed.message !== undefined && isRight(fixed.message)
    ? [
        {
          id: 'run/fixed',
          summary: `With the fix ${where} the request is right: the collection was run again with it.`,
        },
      ]
    : [
        {
          id: 'run/fix-place',
          summary: `The fix belongs ${where}; run again with it, the request is still not right.`,
        },
      ];
}
