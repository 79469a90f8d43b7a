import { headerValue } from '@countersign/core/message';
import { withHeaders, type WholeMessage } from '../../requests/signed-message.ts';
import type { Attack, AttackContext, Attempt } from '../attack.ts';
import type { KeyPairProof, SchemeProof } from '../prover.ts';

type Signed = (SchemeProof | KeyPairProof)['scheme'];
type Part = Signed['parts'][number];

/** Bytes that leave one signed part for its neighbour: the string to sign stays the same, and the request does not. */
export const movedBytesAttacks: readonly Attack[] = [
  {
    id: 'parts/moved-bytes',
    title: 'bytes that move from one signed part to the next',
    changes: 'where one part ends and the next begins',
    close:
      'Take no separator in a part that is followed by one: a nonce without a dot, a date of digits alone. Then no two requests sign alike.',
    async *attempts(context) {
      const { by } = context.prover;
      if (by.kind === 'token') return;
      for (const [index, part] of by.scheme.parts.entries()) {
        const next = by.scheme.parts[index + 1];
        const attempt = next && (await moved(context, by.scheme, part, next));
        if (attempt) yield attempt;
      }
    },
  },
];

/** What is moved: a digit, so that a date stays one to whoever reads its beginning only. */
const tail = Buffer.from('5');

async function moved(context: AttackContext, scheme: Signed, one: Part, other: Part): Promise<Attempt | undefined> {
  const separator = Buffer.from(one.after + (other.before ?? ''));
  // What a header cannot hold cannot move into one. Parts that touch have nothing between them that could be looked for.
  if (/[^\x20-\x7e]/.test(separator.toString())) return undefined;
  const unsigned = context.fresh();
  const what = `bytes of ${one.name} and ${other.name} that had moved`;
  if (other.source.from === 'body') {
    const body = Buffer.concat([tail, separator, unsigned.body]);
    const signed = await context.prover.prove({ ...unsigned, body }, context.at());
    const message = grown(scheme, one, signed, (value) => `${value}${separator}${tail}`);
    return message && { what, message: { ...message, body: unsigned.body } };
  }
  if (one.source.from === 'body') {
    const body = Buffer.concat([unsigned.body, separator, tail]);
    const signed = await context.prover.prove({ ...unsigned, body }, context.at());
    const message = grown(scheme, other, signed, (value) => `${tail}${separator}${value}`);
    return message && { what, message: { ...message, body: unsigned.body } };
  }
  return undefined;
}

/** The message with the part's value changed, where it is that of a header. */
function grown(
  scheme: Signed,
  { source }: Part,
  message: WholeMessage,
  change: (value: string) => string,
): WholeMessage | undefined {
  const [dateHeader] = scheme.date?.headers ?? [];
  const name = source.from === 'header' ? source.header : source.from === 'date' ? dateHeader : undefined;
  const value = name === undefined ? undefined : headerValue(message.headers, name);
  return name === undefined || value === undefined ? undefined : withHeaders(message, [[name, change(value)]]);
}
