import type { Header } from '@countersign/core/message';
import { withHeaders, type WholeMessage } from '../../requests/signed-message.ts';
import { rightRequest, type Attack, type AttackContext, type Attempt } from '../attack.ts';

/** Signatures of another request than the one that is sent: of another body, path, query, host or method. */
export const otherRequestAttacks: readonly Attack[] = [
  {
    id: 'other/body',
    title: 'the signature of another body',
    changes: 'the body',
    close:
      'Compute the hash of the bytes that arrived, before any parser; a hash that the sender wrote in a header proves nothing.',
    async *attempts(context) {
      const { prover, fresh, at } = context;
      const other = { ...fresh(), body: Buffer.from('{"another":"body"}') };
      yield sentInstead('a signature of another body', await prover.prove(other, at()), { body: fresh().body });
      const empty = { ...fresh(), body: new Uint8Array(0) };
      yield sentInstead('a signature of no body', await prover.prove(empty, at()), { body: fresh().body });
    },
  },
  {
    id: 'other/path',
    title: 'the signature of another path',
    changes: 'the path',
    close: 'Verify the path of the request line; behind a proxy one of your configuration, never one out of a header.',
    async *attempts(context) {
      const { target } = context.fresh();
      const [path = '', query] = target.split('?');
      const other = `${path.replace(/\/$/, '')}/another${query === undefined ? '' : `?${query}`}`;
      yield await signedFor('a signature of another path', context, { target: other });
      yield await signedFor('the same, with headers that claim that path', context, { target: other }, [
        ['X-Original-URL', other],
        ['X-Rewrite-URL', other],
        ['X-Original-URI', other],
        ['X-Forwarded-Uri', other],
      ]);
    },
  },
  {
    id: 'other/query',
    title: 'the signature of another query',
    changes: 'the query',
    close: 'Take the query of the request line, as it was sent, into what you verify, and none out of a header.',
    async *attempts(context) {
      const { target } = context.fresh();
      const [path = ''] = target.split('?');
      const other = `${path}?signed=another`;
      yield await signedFor('a signature of another query', context, { target: other });
      yield await signedFor('the same, with headers that claim that query', context, { target: other }, [
        ['X-Original-URL', other],
        ['X-Original-URI', other],
      ]);
    },
  },
  {
    id: 'query/unsigned',
    title: 'a query that was added',
    changes: 'the query',
    close: 'Refuse a query that was not signed, or take nothing from it that matters.',
    async *attempts(context) {
      const message = await rightRequest(context);
      const target = `${message.target}${message.target.includes('?') ? '&' : '?'}added=1`;
      yield { what: 'a request with a query that was added', message: { ...message, target } };
    },
  },
  {
    id: 'other/host',
    title: 'the signature of another host',
    changes: 'the host',
    close:
      'Verify with the host that you are called by: the Host header that arrived, or a fixed public URL of yours, never a forwarded one.',
    async *attempts(context) {
      const { headers } = context.fresh();
      const host = headers.find(([name]) => name.toLowerCase() === 'host');
      if (!host) return;
      const [, right] = host;
      const { prover, fresh, at } = context;
      const forOther = async (): Promise<WholeMessage> => {
        const unsigned = withHeaders(fresh(), [['Host', 'another.example']]);
        const { origin } = unsigned;
        const elsewhere = origin === undefined ? {} : { origin: origin.replace(right, 'another.example') };
        const signed = withHeaders(await prover.prove({ ...unsigned, ...elsewhere }, at()), [['Host', right]]);
        return { ...signed, ...(origin !== undefined && { origin }) };
      };
      yield { what: 'a signature of another host', message: await forOther() };
      const claimed = withHeaders(await forOther(), [
        ['X-Forwarded-Host', 'another.example'],
        ['X-Original-Host', 'another.example'],
        ['Forwarded', 'host=another.example'],
      ]);
      yield { what: 'the same, with headers that claim that host', message: claimed };
    },
  },
  {
    id: 'other/method',
    title: 'the signature of another method',
    changes: 'the method',
    close: 'Take the method of the request line into what you verify, and none that a header claims.',
    async *attempts(context) {
      const { method } = context.fresh();
      const other = method === 'PUT' ? 'POST' : 'PUT';
      yield await signedFor('a signature of another method', context, { method: other });
      yield await signedFor('the same, with headers that claim that method', context, { method: other }, [
        ['X-HTTP-Method-Override', other],
        ['X-Method-Override', other],
      ]);
    },
  },
];

/** Signed for something else, sent as what it is to be. */
async function signedFor(
  what: string,
  context: AttackContext,
  other: Partial<WholeMessage>,
  claims: readonly Header[] = [],
): Promise<Attempt> {
  const unsigned = context.fresh();
  const signed = await context.prover.prove({ ...unsigned, ...other }, context.at());
  return sentInstead(what, withHeaders(signed, claims), unsigned);
}

function sentInstead(what: string, signed: WholeMessage, sent: Partial<WholeMessage>): Attempt {
  const { method = signed.method, target = signed.target, body = signed.body } = sent;
  return { what, message: { ...signed, method, target, body } };
}
