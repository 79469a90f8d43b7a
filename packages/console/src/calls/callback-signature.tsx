import { readClaims } from '@countersign/core/claims';
import { verify } from '@countersign/core/verify';
import { message, type Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import type { CallbackView } from '@countersign/server/control/views/callback-view';
import { StringToSign } from '../anatomy/string-to-sign.tsx';
import { shownParts } from '../anatomy/shown-parts.ts';
import { exactTime } from '../format/time.ts';
import { serverState } from '../live/live-state.ts';
import { schemesOf } from '../live/providers.ts';
import { developmentSigner } from '../development/development-credential.ts';
import { openJwt } from './jwt.ts';

type Attempt = CallbackView['attempts'][number];

/** What authenticates an attempt, opened up: the claims of a JWT, or the string that was signed. */
export function CallbackSignature({ attempt, body }: { attempt: Attempt; body: string }) {
  const authorization = attempt.requestHeaders.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  if (authorization === undefined) return <p class="hint">It carried no Authorization header.</p>;
  const [kind = '', token = ''] = authorization.split(/\s+/);
  if (/^bearer$/i.test(kind)) return <JwtView token={token} />;
  const request = message({ method: 'POST', url: attempt.url, headers: attempt.requestHeaders, body });
  const scheme = schemesOf(serverState.value).find((one) => readClaims(one, request).ok);
  if (!scheme) return <p class="hint">Authorization: {kind}</p>;
  return <SchemeSignature scheme={scheme} request={request} sentAtMs={attempt.startedAtMs} />;
}

const times = new Set(['exp', 'iat', 'nbf']);

function JwtView({ token }: { token: string }) {
  const jwt = openJwt(token);
  if (!jwt) return <p class="bad">The token is not a JWT.</p>;
  return (
    <section class="jwt" aria-label="The token, opened up">
      <table class="headers">
        <tbody>
          {Object.entries({ ...jwt.header, ...jwt.claims }).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {typeof value === 'string' ? value : JSON.stringify(value)}
                {times.has(name) && typeof value === 'number' && (
                  <span class="hint"> {exactTime(value * 1000).slice(0, 8)}</span>
                )}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">signature</th>
            <td class="clip">{jwt.signature}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function SchemeSignature({ scheme, request, sentAtMs }: { scheme: Scheme; request: Message; sentAtMs: number }) {
  const state = serverState.value;
  const signer = state && developmentSigner(scheme.id, state);
  if (!signer) return <p class="hint">Signed with the application's key, which this page does not know.</p>;
  const verification = verify(scheme, signer.credential, request, { now: new Date(sentAtMs) });
  return (
    <section aria-label="The signature, opened up">
      <p class={verification.ok ? 'good' : 'bad'}>
        {verification.ok
          ? 'Signed with the application’s key: right.'
          : `${verification.code}: ${verification.summary}`}
      </p>
      <StringToSign parts={shownParts(verification.trace())} label="string that the callback was signed over" />
    </section>
  );
}
