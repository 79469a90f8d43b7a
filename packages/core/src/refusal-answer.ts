import { noOptions } from './option-checks.ts';
import type { ReceiverRefusal } from './receiver.ts';

/** What the sender of a refused request is told. */
export interface RefusalAnswerOptions {
  /**
   * Puts the refusal's code and summary into the answer. A forger learns from them how far he got, so they are left out
   * unless this is `true`: set it while you develop, in your code, and by no environment.
   */
  readonly showReason?: boolean;
}

/** An answer, in the members that `Response`, AWS Lambda and Azure Functions take. */
export interface RefusalAnswer {
  readonly status: number;
  /** The same for AWS Lambda. */
  readonly statusCode: number;
  readonly headers: { readonly 'content-type': string };
  readonly body: string;
}

/**
 * The answer to a refused request: 401, 413 where its body is too long, and 500 where this server handed over what did not
 * arrive (so the provider sends it again once that is fixed). It says nothing of why; `onRefused` is told that.
 */
export function refusalAnswer(
  refusal: Pick<ReceiverRefusal, 'code' | 'summary'>,
  { showReason }: RefusalAnswerOptions = noOptions,
): RefusalAnswer {
  const { code, summary } = refusal;
  const [status, error] = statusOf(code);
  const told = showReason === true ? { error, code, summary } : { error };
  return {
    status,
    statusCode: status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(told),
  };
}

function statusOf(code: ReceiverRefusal['code']): [status: number, error: string] {
  if (code === 'body/unreadable') return [500, 'internal server error'];
  return code === 'body/too-long' ? [413, 'content too large'] : [401, 'unauthorized'];
}
