import type { ExchangeView } from '@countersign/server/control/views/exchange-view';
import { useState } from 'preact/hooks';
import { wordsOf } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { linkTo } from '../routing.ts';
import { developmentSigner } from '../development/development-credential.ts';
import { StatusBadge } from './outcome-badge.tsx';
import { resendCorrected, type Resent } from './resend.ts';

type Progress = { readonly resent?: Resent; readonly problem?: string; readonly isSending?: boolean };

/** Signs the request as it should have been, with the development account's key, and sends it to the server. */
export function ResendButton({ exchange }: { exchange: ExchangeView }) {
  const [{ resent, problem, isSending = false }, setProgress] = useState<Progress>({});
  const state = serverState.value;
  const scheme = exchange.authentication?.scheme;
  // What was refused before anybody looked for a signature has none to correct.
  if (!state || scheme === undefined || scheme === 'none') return null;
  const signer = developmentSigner(scheme, state);
  if (!signer) {
    return <p class="hint">Sending it again needs the development account, which this server does not have.</p>;
  }
  const send = async (): Promise<void> => {
    setProgress({ isSending: true });
    try {
      setProgress({ resent: await resendCorrected(exchange, signer) });
    } catch (error) {
      setProgress({ problem: wordsOf(error) });
    }
  };
  return (
    <div class="row resend">
      <button type="button" class="primary" disabled={isSending} onClick={() => void send()}>
        {isSending ? 'Sending…' : 'Resend corrected'}
      </button>
      <span role="status" class="row">
        {problem !== undefined && <span class="bad">{problem}</span>}
        {resent && (
          <>
            <span>Sent with the development key:</span>
            <StatusBadge status={resent.status} />
            {resent.exchange !== undefined && <a href={linkTo('requests', resent.exchange)}>Open {resent.exchange}</a>}
            {resent.notes.map((note) => (
              <span key={note} class="hint">
                {note}
              </span>
            ))}
          </>
        )}
      </span>
    </div>
  );
}
