import { speaksForItsService } from '../reading/known-service.ts';
import { otherApi } from '../reading/other-api.ts';
import { hostPatterns, isHostOf } from '../reading/provider-host.ts';
import { publicHostsOf } from '../reading/public-addresses.ts';
import type { NoteClass } from '../report/note-class.ts';

/** The host is not one of the provider's, or not one you named: a right signature for the wrong resource is refused too. */
export const resourceOther: NoteClass = {
  id: 'resource/other',
  note: ({ evidence, verdict }) => {
    const { host, provider, options } = evidence;
    // An API of another kind, or another service's request, is told so.
    if (host === undefined || otherApi(evidence) || (verdict !== 'valid' && !speaksForItsService(evidence)))
      return undefined;
    const name = host.toLowerCase().replace(/:\d+$/, '');
    const known = publicHostsOf(options).map((one) => one.toLowerCase().replace(/:\d+$/, ''));
    if (known.includes(name)) return undefined;
    if (known.length > 0)
      return `The request names the host "${host}", and not ${known.join(' or ')}: check the resource name.`;
    if (!provider || isLocal(name) || isHostOf(provider, host)) return undefined;
    return `The host "${host}" is none of the provider's (${hostPatterns(provider)}): check the resource name letter by letter.`;
  },
};

function isLocal(name: string): boolean {
  return (
    /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[|0\.0\.0\.0|host\.docker\.internal)/.test(
      name,
    ) ||
    !name.includes('.') ||
    /\.(?:local|test|internal|example)$/.test(name) ||
    /(?:^|\.)example\.(?:com|org|net)$/.test(name)
  );
}
