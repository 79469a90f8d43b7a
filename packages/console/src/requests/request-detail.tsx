import type { ExchangeView } from '@countersign/server/control/views/exchange-view';
import { schemes } from '@countersign/core/schemes/catalog';
import { DiagnosisView } from '../anatomy/diagnosis-view.tsx';
import { StringToSign } from '../anatomy/string-to-sign.tsx';
import { partsOfTrace } from '../anatomy/trace-parts.ts';
import { duration, exactTime } from '../format/time.ts';
import { controlUrl } from '../live/control-api.ts';
import { providerTitle } from '../live/providers.ts';
import { useRemote } from '../live/remote.ts';
import { linkTo } from '../routing.ts';
import { BodyView } from './bytes-view.tsx';
import { HeaderTable } from './header-table.tsx';
import { OutcomeBadge, StatusBadge } from './outcome-badge.tsx';
import { ResendButton } from './resend-button.tsx';
import { TakeAlong } from './take-along.tsx';
import '../lists/detail.css';

/** One exchange, whole. */
export function RequestDetail({ id }: { id: string }) {
  const { value, problem, status } = useRemote<ExchangeView>(
    controlUrl('exchanges', id),
    (fact) => fact.type === 'exchange' && fact.exchange.id === id,
  );
  return (
    <>
      <a class="back" href={linkTo('requests')}>
        ← All requests
      </a>
      {value && <Exchange exchange={value} />}
      {problem !== undefined && (
        <div class="empty" role="alert">
          <p>{status === 404 || status === 410 ? `Request ${id} is not here.` : 'The request could not be read.'}</p>
          <p class="hint">{problem}</p>
        </div>
      )}
      {!value && problem === undefined && <p class="hint">Reading request {id}…</p>}
    </>
  );
}

function Exchange({ exchange }: { exchange: ExchangeView }) {
  const { id, method, target, status, receivedAtMs, elapsedMs, authentication, provider, account } = exchange;
  return (
    <article class="detail" aria-label={`Request ${id}`}>
      <header>
        <h2 class="detail-title">
          <b>{method}</b> {target}
        </h2>
        <p class="row facts">
          <StatusBadge status={status} />
          <OutcomeBadge authentication={authentication} />
          <span>{id}</span>
          <time>{exactTime(receivedAtMs)}</time>
          {elapsedMs !== undefined && <span>{duration(elapsedMs)}</span>}
          {provider !== 'none' && <span>{providerTitle(provider)}</span>}
          {account !== undefined && <span class="mono soft">{account}</span>}
        </p>
        <TakeAlong exchange={exchange} />
      </header>
      {exchange.redacted && (
        <p class="warn">
          A key of this server stood in it. It is masked here, so this is not byte for byte what was signed.
        </p>
      )}
      <Authentication exchange={exchange} />
      <h3>Request headers</h3>
      <HeaderTable headers={exchange.request.headers} marked={signedHeaders(exchange)} label="Request headers" />
      <h3>Request body</h3>
      {exchange.request.bodyCut && (
        <p class="warn">It was longer than the server had room for; this is what is kept of it.</p>
      )}
      <BodyView body={exchange.request.body} what="request body" />
      <Response exchange={exchange} />
    </article>
  );
}

function Authentication({ exchange }: { exchange: ExchangeView }) {
  const { authentication, diagnosis, trace, provider } = exchange;
  const parts = partsOfTrace(trace);
  if (!authentication) {
    return provider === 'none' ? null : <p class="hint">This request was not asked for a signature.</p>;
  }
  const { outcome, code, summary } = authentication;
  const { status = 0 } = exchange;
  return (
    <>
      {outcome !== 'refused' && status >= 400 && (
        <p class="sentence">
          Signature accepted, {status === 404 ? 'resource not found' : `and then refused with ${status}`}. What is wrong
          is said in the response below, and it is not the signature.
        </p>
      )}
      {outcome === 'refused' && (
        <section class="card refusal" aria-label="Why it was refused">
          <h3>Why it was refused</h3>
          {(diagnosis?.mistakes ?? []).length === 0 && (
            <p class="sentence">
              {summary} {code !== undefined && <code class="soft">{code}</code>}
            </p>
          )}
          {diagnosis && <DiagnosisView diagnosis={diagnosis} parts={parts} />}
          <ResendButton exchange={exchange} />
        </section>
      )}
      {outcome === 'tolerated' && (
        <section class="card" aria-label="What was tolerated">
          <p class="warn">
            <strong>Tolerated here:</strong> {summary ?? code}. A strict verifier would refuse it.{' '}
            <code class="soft">{code}</code>
          </p>
        </section>
      )}
      {parts.length > 0 && (
        <section class="anatomy-section" aria-label="Anatomy of the signature">
          <h3>{outcome === 'refused' ? 'The string to sign, as the service builds it' : 'What was signed'}</h3>
          <StringToSign parts={parts} label="string to sign" />
          {trace && (
            <dl class="signature-facts">
              <dt>Scheme</dt>
              <dd>
                <code>{trace.scheme}</code>
              </dd>
              {trace.received !== undefined && (
                <>
                  <dt>Received</dt>
                  <dd>
                    <code>{trace.received}</code>
                  </dd>
                </>
              )}
              {trace.expected !== undefined && (
                <>
                  <dt>Expected</dt>
                  <dd>
                    <code>{trace.expected}</code>{' '}
                    <span class="hint">shortened: anyone who sees all of it can send this request</span>
                  </dd>
                </>
              )}
            </dl>
          )}
        </section>
      )}
    </>
  );
}

function Response({ exchange: { response, elapsedMs } }: { exchange: ExchangeView }) {
  if (!response)
    return <p class="hint">{elapsedMs === undefined ? 'Not answered yet.' : 'The client left before the answer.'}</p>;
  return (
    <>
      <h3>
        Response <StatusBadge status={response.status} />
      </h3>
      <HeaderTable headers={response.headers} label="Response headers" />
      {response.bodyBytes !== undefined && (
        <p class="hint">It had {response.bodyBytes} bytes; this is its beginning.</p>
      )}
      <BodyView body={response.body} what="response body" />
    </>
  );
}

/** The headers that are signed or carry the signature. */
function signedHeaders({ authentication }: ExchangeView): readonly string[] {
  const scheme = authentication && schemes.find(({ id }) => id === authentication.scheme);
  if (!scheme) return [];
  const signed = scheme.parts.flatMap(({ source }) => (source.from === 'header' ? [source.header] : []));
  const own = [scheme.authorization.header, scheme.contentHash?.header, ...(scheme.date?.headers ?? [])];
  return [...signed, ...own, 'host'].flatMap((name) => name?.toLowerCase() ?? []);
}
