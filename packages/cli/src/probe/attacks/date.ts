import { headerValue } from '@countersign/core/message';
import { withHeaders } from '../../requests/signed-message.ts';
import type { Attack, AttackContext, Attempt } from '../attack.ts';
import type { KeyPairProof, SchemeProof } from '../prover.ts';

/** Far outside of every window that a receiver may have chosen. */
const dayMs = 24 * 60 * 60 * 1000;

/** Dates that are no longer or not yet right, and second ones beside them. */
export const dateAttacks: readonly Attack[] = [
  {
    id: 'date/stale',
    title: 'signed a day ago',
    changes: 'the time',
    close: 'Refuse what was signed longer ago than a few minutes; verify the signature first.',
    attempts: (context) => signedAt('a request that was signed a day ago', context, -dayMs),
  },
  {
    id: 'date/future',
    title: 'signed a day ahead',
    changes: 'the time',
    close: 'Refuse what is dated more than a few minutes ahead, too: it would be fresh for all that time.',
    attempts: (context) => signedAt('a request that is dated a day ahead', context, dayMs),
  },
  {
    id: 'date/unsigned-fresh',
    unless: 'date/stale',
    title: 'signed a day ago, with a fresh date beside it that is not signed',
    changes: 'a second date',
    close: 'Take the time from the header that is signed, and from no other.',
    async *attempts(context) {
      const by = dated(context);
      if (!by) return;
      for (const name of new Set([...(by.scheme.date?.headers ?? []), 'date'])) {
        const old = await context.prover.prove(context.fresh(), dayBefore(context));
        // The one that is signed stands there already.
        if (headerValue(old.headers, name) !== undefined) continue;
        const message = withHeaders(old, [[name, await freshText(context, by, name)]]);
        yield { what: `one whose ${name} header is fresh and not signed`, message };
      }
    },
  },
  {
    id: 'date/swapped',
    unless: 'date/stale',
    title: 'the date headers, swapped',
    changes: 'in which header the date stands',
    close: 'Verify with the date header that the request says is signed, and judge its age by the same one.',
    async *attempts(context) {
      const by = dated(context);
      const [first, second] = by?.scheme.date?.headers ?? [];
      if (!by || first === undefined || second === undefined) return;
      const old = await context.prover.prove(context.fresh(), dayBefore(context));
      const value = headerValue(old.headers, first) ?? '';
      const swapped = withHeaders(old, [
        [first, await freshText(context, by, first)],
        [second, value],
      ]);
      yield { what: `the old date in ${second}, a fresh one in ${first}`, message: swapped };
      const proof = headerValue(swapped.headers, context.prover.proofHeader) ?? '';
      if (!proof.includes(first)) return;
      const declared = withHeaders(swapped, [[context.prover.proofHeader, proof.replace(first, second)]]);
      yield { what: `the same, with ${second} declared as signed`, message: declared };
    },
  },
];

async function* signedAt(what: string, context: AttackContext, offsetMs: number): AsyncGenerator<Attempt> {
  if (context.prover.freshSeconds === undefined) return;
  const at = new Date(context.at().getTime() + offsetMs);
  yield { what, message: await context.prover.prove(context.fresh(), at) };
}

/** The proof, where it is a signature with a date. */
function dated({ prover: { by } }: AttackContext): SchemeProof | KeyPairProof | undefined {
  return by.kind !== 'token' && by.scheme.date ? by : undefined;
}

function dayBefore({ at }: AttackContext): Date {
  return new Date(at().getTime() - dayMs);
}

/** The time now as the scheme's date is written; in other headers as HTTP writes it. */
async function freshText(context: AttackContext, by: SchemeProof | KeyPairProof, name: string): Promise<string> {
  const { now, fresh, prover } = context;
  const headers = by.scheme.date?.headers ?? [];
  if (!headers.includes(name)) return now().toUTCString();
  const [first = ''] = headers;
  return headerValue((await prover.prove(fresh(), now())).headers, first) ?? '';
}
