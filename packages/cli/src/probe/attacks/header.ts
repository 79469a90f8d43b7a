import { headerValue, type Header } from '@countersign/core/message';
import { withHeaders, type WholeMessage } from '../../requests/signed-message.ts';
import { rightRequest, type Attack, type AttackContext, type Attempt } from '../attack.ts';

/** Signed headers that are there twice, or hold two values. */
export const headerAttacks: readonly Attack[] = [
  {
    id: 'header/duplicated',
    title: 'a signed header twice',
    changes: 'a second header of the same name',
    close:
      'Refuse a request that has a signed header twice: the one that you verify need not be the one that your code reads.',
    async *attempts(context) {
      for (const name of signedNames(context, await rightRequest(context))) {
        yield* twice(context, name, 'before', (right, other) => [other, right]);
        yield* twice(context, name, 'behind', (right, other) => [right, other]);
      }
    },
  },
  {
    id: 'header/joined',
    title: 'a signed header with a second value behind a comma',
    changes: 'a second value of a header',
    close: 'Verify the whole value of a header, and refuse one that should have one value and has two.',
    async *attempts(context) {
      for (const name of signedNames(context, await rightRequest(context))) {
        const right = await rightRequest(context);
        const value = headerValue(right.headers, name) ?? '';
        const message = withHeaders(right, [[name, `${value}, ${otherValue(name, value)}`]]);
        yield { what: `${name} with another value behind a comma`, message };
        const split = await splitInTwo(context, name);
        if (split) yield { what: `${name}, signed as a list, in two lines`, message: split };
      }
    },
  },
];

/** The headers under the signature, and the one that holds it. */
function signedNames({ prover, now }: AttackContext, message: WholeMessage): string[] {
  const covered = prover.coveredHeaders(message, now()).filter((name) => name !== 'host');
  return prover.proofHeader === '' ? covered : [...covered, prover.proofHeader];
}

async function* twice(
  context: AttackContext,
  name: string,
  where: string,
  order: (right: Header, other: Header) => readonly Header[],
): AsyncGenerator<Attempt> {
  const message = await rightRequest(context);
  const value = headerValue(message.headers, name) ?? '';
  const lines = order([name, value], [name, otherValue(name, value)]);
  yield { what: `another ${name} ${where} the right one`, message: withHeaders(message, lines) };
}

/** A request whose header was signed as a list of two, in two lines of one each. */
async function splitInTwo(context: AttackContext, name: string): Promise<WholeMessage | undefined> {
  const { prover, fresh, at } = context;
  const unsigned = fresh();
  const value = headerValue(unsigned.headers, name);
  if (value === undefined) return undefined;
  const other = otherValue(name, value);
  const signed = await prover.prove(withHeaders(unsigned, [[name, `${value}, ${other}`]]), at());
  return withHeaders(signed, [
    [name, value],
    [name, other],
  ]);
}

function otherValue(name: string, value: string): string {
  if (name === 'content-type') return 'text/plain';
  // Of the same shape, so that a parser takes it.
  return value.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10)) || 'another';
}
