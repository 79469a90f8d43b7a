import { headerValue } from '@countersign/core/message';
import { withHeaders, type WholeMessage } from '../../requests/signed-message.ts';
import { rightRequest, type Attack, type AttackContext } from '../attack.ts';
import { otherHalf } from './other-half.ts';

const close =
  'Remember what was accepted for as long as it is fresh (the result’s replayKey), and refuse what comes again. If yours answers a repeat as it did the first time and does nothing, say --idempotent.';

/** Right requests that were sent before. */
export const repeatAttacks: readonly Attack[] = [
  {
    id: 'repeat/at-once',
    title: 'the same request again',
    changes: 'how often it is sent',
    close,
    async *attempts(context) {
      const right = await rightRequest(context);
      yield { what: 'the same request twice', message: right, after: right };
      for (const [what, respell] of respellings) {
        const first = await rightRequest(context);
        const again = respell(first, context);
        if (!again || !(await context.prover.judge(again, context.now()))) continue;
        yield { what: `the same request again, ${what}`, message: again, after: first };
      }
    },
  },
  {
    id: 'repeat/later',
    unless: 'repeat/at-once',
    title: 'the same request again, when others may have forgotten it',
    changes: 'how often it is sent',
    close:
      'Remember a request for as long as it is fresh: from as far ahead to as far back as you take a date, twice the window.',
    async *attempts(context) {
      const { prover, fresh, now, isPatient } = context;
      if (!isPatient || prover.freshSeconds === undefined || prover.by.kind === 'token') return;
      // Dated ahead as far as is allowed, it is fresh for nearly twice the window.
      const windowMs = prover.freshSeconds * 1000;
      const right = await prover.prove(fresh(), new Date(now().getTime() + windowMs - 15_000));
      yield { what: 'the same request after the window', message: right, after: right, waitMs: windowMs + 15_000 };
    },
  },
];

/** The same signed bytes in other words: whoever remembers the text of a header is deceived by it. */
const respellings: readonly (readonly [
  string,
  (message: WholeMessage, context: AttackContext) => WholeMessage | undefined,
])[] = [
  ['its scheme word in capitals', (message, context) => withProof(message, context, upperCaseWord)],
  [
    'with a query',
    (message) => ({ ...message, target: `${message.target}${message.target.includes('?') ? '&' : '?'}again=1` }),
  ],
  ['its date in the other header', otherDateHeader],
  ['its signature as the other half of the curve has it', otherHalf],
  ['with a header that is not signed', (message) => withHeaders(message, [['X-Request-Id', 'again']])],
];

function withProof(
  message: WholeMessage,
  { prover }: AttackContext,
  change: (value: string) => string,
): WholeMessage | undefined {
  const value = headerValue(message.headers, prover.proofHeader);
  if (value === undefined || change(value) === value) return undefined;
  return withHeaders(message, [[prover.proofHeader, change(value)]]);
}

function upperCaseWord(value: string): string {
  return value.replace(/^[a-z]+(?= )/i, (word) => word.toUpperCase());
}

function otherDateHeader(message: WholeMessage, context: AttackContext): WholeMessage | undefined {
  const { by } = context.prover;
  const [first, second] = by.kind === 'token' ? [] : (by.scheme.date?.headers ?? []);
  if (first === undefined || second === undefined) return undefined;
  const headers = message.headers.map(
    ([name, value]) => [name.toLowerCase() === first ? second : name, value] as const,
  );
  return withProof({ ...message, headers }, context, (value) => value.replace(first, second));
}
