import type { AttemptOutcome, CallbackFailure, CallbackRequest } from './callback.ts';

/** How much of a receiver's answer is read; an SVAML answer is a few kilobytes. */
const answerLimitBytes = 1024 * 1024;

/**
 * Posts a callback once. Never rejects: what went wrong is in the outcome. Redirects are not followed, because neither
 * provider does, and a signature over one path proves nothing on another.
 *
 * @param timeoutMs wall-clock time that the receiver has for its whole answer
 * @param abort ends the attempt before its time, when the server closes
 */
export async function deliver(
  request: CallbackRequest,
  timeoutMs: number,
  abort: AbortController,
): Promise<AttemptOutcome> {
  const timer = setTimeout(() => abort.abort('timeout'), timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers.map(([name, value]): [string, string] => [name, value]),
      body: request.body,
      redirect: 'manual',
      signal: abort.signal,
    });
    const body = await readAnswer(response);
    if (body === undefined) {
      return { failure: 'answer-too-large', detail: `the answer is larger than ${answerLimitBytes} bytes` };
    }
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      return { failure: 'redirect', detail: `${response.status} to ${location}; redirects are not followed` };
    }
    return { status: response.status, headers: [...response.headers], body };
  } catch (error) {
    if (abort.signal.aborted) {
      return abort.signal.reason === 'timeout'
        ? { failure: 'timeout', detail: `no answer within ${timeoutMs} ms` }
        : { failure: 'closed', detail: 'the server was closed while it waited for the answer' };
    }
    return failureOf(error);
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(response: Response): Promise<string | undefined> {
  const length = response.headers.get('content-length');
  if (response.body === null || length === '0') return '';
  // Reading piece by piece costs more than a short answer is worth; Node holds an answer to the length that it states.
  if (length !== null && Number(length) <= answerLimitBytes) return response.text();
  return readPieces(response.body);
}

async function readPieces(body: NonNullable<Response['body']>): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > answerLimitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('utf8');
}

const failureCodes: readonly (readonly [pattern: RegExp, failure: CallbackFailure])[] = [
  [/^(?:ECONNREFUSED)$/, 'refused'],
  [/^(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/, 'dns'],
  [/^(?:UND_ERR_.*TIMEOUT|ETIMEDOUT)$/, 'timeout'],
  [/^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|ERR_OSSL_)/, 'tls'],
];

/** Reads `fetch failed`, whose reason is in the cause, or in the causes of each address that was tried. */
function failureOf(error: unknown): AttemptOutcome {
  const cause = (error as { cause?: { code?: string; errors?: unknown[] } }).cause;
  const reason = (cause?.errors?.[0] ?? cause ?? error) as { code?: string; message?: string };
  const code = reason.code ?? cause?.code ?? '';
  if (reason.message === 'bad port') {
    return { failure: 'url', detail: 'the port is one of those that the Fetch standard never connects to' };
  }
  const failure = failureCodes.find(([pattern]) => pattern.test(code))?.[1] ?? 'network';
  return { failure, detail: reason.message || code || String(error) };
}
