import { secretOfResource } from '../fixes/secret.ts';
import { isLiveMode, wrongKind, type KeyKind } from '../reading/key-kind.ts';
import type { MistakeClass } from '../search/mistake-class.ts';
import { secretText } from '../text/secret-text.ts';

interface Kind extends KeyKind {
  readonly kind: 'other kind';
}

/** A key of another kind than signs by the scheme: an API key, a token, an id. Its form tells. */
export const keyKind: MistakeClass<Kind> = {
  id: 'key/kind',
  rank: 98,
  needs: 'nothing',
  inVain(evidence) {
    const kind = wrongKind(evidence);
    const yours = secretText(evidence.credential.secret);
    return kind && { detail: { kind: 'other kind', ...kind }, part: 'key', yours, expected: '', certainty: 'likely' };
  },
  say: ({ is, wanted }) =>
    `The secret given looks like ${is}, which signs no request of this scheme: what signs is ${wanted}.`,
  noteInVain(evidence) {
    const isLive = isLiveMode(evidence);
    if (isLive === undefined || wrongKind(evidence)) return undefined;
    const [own, other] = isLive ? ['live', 'test'] : ['test', 'live'];
    return `The body is of ${own} mode: the secret has to be that of the endpoint of ${own} mode, and not that of ${other} mode.`;
  },
  fixes: ({ scheme }) => secretOfResource(scheme),
};
