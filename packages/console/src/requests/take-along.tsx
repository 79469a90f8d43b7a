import { writeCurlCommand } from '@countersign/core/requests/curl-writer';
import type { ExchangeView } from '@countersign/server/control/views/exchange-view';
import { useState } from 'preact/hooks';
import { CopyButton } from '../controls/copy-button.tsx';
import { handOver } from '../handed-request.ts';
import { controlUrl, readControlText, wordsOf } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { linkTo } from '../routing.ts';

/** The ways on from a request: its call, its bytes as a file, as a curl command, and into the playground. */
export function TakeAlong({ exchange }: { exchange: ExchangeView }) {
  const { id, call, request, redacted } = exchange;
  const [problem, setProblem] = useState<string>();
  // Of anything else, the playground would judge another request than the one that arrived.
  const isWhole = !redacted && !request.bodyCut && 'text' in request.body;
  const command = isWhole ? curlCommand(exchange) : undefined;
  const open = async (): Promise<void> => {
    try {
      const text = await readControlText(controlUrl('exchanges', id, 'raw'));
      handOver({ text, now: new Date(exchange.receivedAtMs).toISOString(), ...signerOf(exchange) });
      location.hash = linkTo('playground');
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  return (
    <>
      <p class="row">
        {call !== undefined && <a href={linkTo('calls', call)}>The call</a>}
        <a href={controlUrl('exchanges', id, 'raw')} download={`${id}.http`}>
          Raw request
        </a>
        {command !== undefined && <CopyButton text={command} what="as curl" showsWhat />}
        {isWhole && (
          <button type="button" onClick={() => void open()}>
            Open in playground
          </button>
        )}
      </p>
      {problem !== undefined && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** The request as it arrived: the same method, target, headers and body, and so the same signature. */
function curlCommand({ method, target, request: { headers, body } }: ExchangeView): string | undefined {
  const bytes = new TextEncoder().encode('text' in body ? body.text : '');
  return writeCurlCommand({
    origin: location.origin,
    message: { method, target, headers, body: bytes },
    isComplete: true,
  });
}

/** The scheme and, of the development account, the secret, which is public; of another account it is for the reader to give. */
function signerOf({ authentication, account, provider }: ExchangeView): { scheme?: string; secret?: string } {
  const scheme = authentication?.scheme;
  if (scheme === undefined || scheme === 'none') return {};
  const development = serverState.value?.providers.find(({ name }) => name === provider)?.development;
  const isDevelopment =
    development?.signing.scheme === scheme && (account ?? development.account) === development.account;
  return { scheme, ...(isDevelopment && { secret: development.signing.secret }) };
}
