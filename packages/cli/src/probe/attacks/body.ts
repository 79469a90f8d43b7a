import { createHash } from 'node:crypto';
import { withHeaders, type WholeMessage } from '../../requests/signed-message.ts';
import { rightRequest, type Attack, type AttackContext } from '../attack.ts';

/** The body that verifiers wait for at most, and that many do not read to its end. */
const largeBytes = 10 * 1024 * 1024;
/** How long a slow body pauses, in milliseconds. */
const pauseMs = 500;

/** Bodies that are not the signed one, and pass for it. */
export const bodyAttacks: readonly Attack[] = [
  {
    id: 'body/digest',
    unless: 'other/body',
    title: 'a body that poses as the hash of the signed one',
    changes: 'the body',
    close: 'Verify bytes. A parsed body is an object of the sender’s choosing, and may look like a digest.',
    async *attempts(context) {
      const { by } = context.prover;
      if (by.kind !== 'scheme' || !by.scheme.contentHash) return;
      const { algorithm, encoding } = by.scheme.contentHash;
      const hash = (body: Uint8Array): string => {
        const digest = createHash(algorithm).update(body);
        return encoding === 'upper-hex' ? digest.digest('hex').toUpperCase() : digest.digest(encoding);
      };
      yield await withBody(context, 'the hash in place of the body', (body) => Buffer.from(hash(body)));
      yield await withBody(context, 'JSON that looks like a digest', (body) => {
        const digest = [...createHash(algorithm).update(body).digest()];
        return Buffer.from(JSON.stringify({ algorithm, digest, length: body.length, hash: hash(body) }));
      });
    },
  },
  {
    id: 'body/json',
    unless: 'other/body',
    title: 'JSON that reads the same, in other bytes',
    changes: 'the body',
    close: 'Verify the bytes that arrived, never JSON that was parsed and written again.',
    async *attempts(context) {
      const text = jsonText(context.fresh());
      if (text === undefined) return;
      yield await withBody(context, 'JSON with other white space', (body) => Buffer.from(` ${textOf(body)}\n`));
      if (!text.startsWith('{"')) return;
      yield await withBody(context, 'JSON with a member twice', (body) => {
        const [, member = ''] = /^\{("[^"\\]*"):/.exec(textOf(body)) ?? [];
        return Buffer.from(`{${member}:"another",${textOf(body).slice(1)}`);
      });
    },
  },
  {
    id: 'content-type/other',
    title: 'another content type',
    changes: 'the content type',
    close: 'Take the Content-Type that arrived into what you verify, and refuse types that you do not expect.',
    async *attempts(context) {
      const message = await rightRequest(context);
      yield { what: 'the body as text/plain', message: withHeaders(message, [['Content-Type', 'text/plain']]) };
    },
  },
  {
    id: 'content-type/form',
    title: 'a form where JSON was signed, and JSON where a form was',
    changes: 'the content type',
    close: 'Verify before you parse, and parse only what was signed: of a form the fields, of JSON the bytes.',
    async *attempts(context) {
      const { prover, fresh, at } = context;
      const asForm = await rightRequest(context);
      yield { what: 'the body as a form', message: withHeaders(asForm, [['Content-Type', form]]) };
      const json = fresh();
      const signedForm = { ...withHeaders(json, [['Content-Type', form]]), body: new Uint8Array(0) };
      const message = withHeaders(await prover.prove(signedForm, at()), [['Content-Type', 'application/json']]);
      yield { what: 'JSON under the signature of an empty form', message: { ...message, body: json.body } };
    },
  },
  {
    id: 'body/large',
    unless: 'other/body',
    title: '10 MB that were not signed',
    changes: 'the body',
    close: 'Limit how long a body may be, refuse what is longer, and never verify the part that was read.',
    async *attempts(context) {
      const spaces = Buffer.alloc(largeBytes, ' ');
      yield await withBody(context, 'the signed body with 10 MB behind it', (body) => Buffer.concat([body, spaces]));
      const { prover, fresh, at } = context;
      const unsigned = fresh();
      const signed = await prover.prove({ ...unsigned, body: new Uint8Array(0) }, at());
      const message = { ...signed, body: Buffer.concat([unsigned.body, spaces]) };
      yield { what: '10 MB under the signature of no body', message };
    },
  },
  {
    id: 'body/chunked',
    unless: 'other/body',
    title: 'a body in chunks under the signature of none',
    changes: 'the body',
    close: 'Read the body to its end however it is framed: one in chunks has no Content-Length, and is a body.',
    async *attempts({ prover, fresh, at }) {
      const unsigned = fresh();
      const signed = await prover.prove({ ...unsigned, body: new Uint8Array(0) }, at());
      yield { what: 'chunks that were not signed', message: { ...signed, body: unsigned.body }, framing: 'chunks' };
    },
  },
  {
    id: 'body/slow',
    // What comes late is white space, which is nothing to whoever verifies parsed JSON.
    unless: 'body/json',
    title: 'a body that goes on after a pause',
    changes: 'the body',
    close: 'Wait for the end of the body before you verify it.',
    async *attempts(context) {
      const right = await rightRequest(context);
      const body = Buffer.concat([right.body, Buffer.from('\n \n')]);
      const pauses = { at: [right.body.length], milliseconds: pauseMs };
      yield { what: 'what came after a pause, unsigned', message: { ...right, body }, pauses };
    },
  },
];

const form = 'application/x-www-form-urlencoded';

/** A right request with another body than it was signed with. */
async function withBody(
  context: AttackContext,
  what: string,
  change: (body: Uint8Array) => Uint8Array,
): Promise<{ what: string; message: WholeMessage }> {
  const message = await rightRequest(context);
  return { what, message: { ...message, body: change(message.body) } };
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString('utf8');
}

function jsonText({ body }: WholeMessage): string | undefined {
  try {
    JSON.parse(textOf(body));
    return textOf(body);
  } catch {
    return undefined;
  }
}
