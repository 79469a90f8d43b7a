import { urlHashFixes } from '../fixes/token.ts';
import type { MistakeClass } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';

interface OtherUrl {
  readonly kind: 'other URL';
  readonly claim: string;
}

/** A token for another URL than that of the request, and no class that knows how such a URL comes about says which. */
export const urlHash: MistakeClass<OtherUrl> = {
  id: 'url/hash',
  rank: 207,
  needs: 'URL hash',
  speaksOf: (find) => (find.kind === 'url hash' ? { kind: 'other URL', claim: find.claim } : undefined),
  say: ({ claim }, { expected, evidence }) =>
    `The claim ${claim} of the token is the hash of another URL than ${brief(expected)}. The sender hashed the URL that it was told to call${evidence.options.publicUrls?.length ? '' : `: name it (${evidence.ask('public-url')}) where a proxy changed host, scheme or path`}.`,
  fixes: urlHashFixes,
};
