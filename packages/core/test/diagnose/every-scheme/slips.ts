import { createHash, createHmac } from 'node:crypto';
import type { MistakeId } from '@countersign/core/diagnose';
import { deliveredAt, sentJson } from './deliveries.ts';
import type { Delivery, Field, Piece, Signer, Signing } from './signers.ts';

// What goes wrong with requests of any scheme: one thing that is signed otherwise than it was sent.

/** One way to get it wrong. */
export interface Slip {
  readonly id: MistakeId;
  readonly what: string;
  /** What changes; nothing where it cannot happen to this scheme. */
  readonly slip: (right: Signing, signer: Signer) => Partial<Signing> | undefined;
}

type Part = Piece['part'];

const has = ({ pieces }: Signing, signed: Delivery, part: Part): boolean =>
  pieces(signed).some((piece) => piece.part === part);
/** Another value of one member of what is signed. */
const signs =
  (part: Part | readonly Part[], change: (signed: Delivery, signer: Signer) => Partial<Delivery> | undefined) =>
  (right: Signing, signer: Signer): Partial<Signing> | undefined => {
    const parts = typeof part === 'string' ? [part] : part;
    if (!parts.some((one) => has(right, right.signed, one))) return undefined;
    const changed = change(right.signed, signer);
    return changed && { signed: { ...right.signed, ...changed } };
  };
/** Other pieces, or other text in one of them. */
const lays =
  (change: (pieces: Piece[], signer: Signer) => readonly Piece[] | undefined) =>
  (right: Signing, signer: Signer): Partial<Signing> | undefined => {
    const pieces = change([...right.pieces(right.signed)], signer);
    return pieces && { pieces: () => pieces };
  };
const replaced = (piece: Piece, from: string, to: string): Piece => ({
  ...piece,
  // The lines of a canonical resource are lines of the string.
  text: typeof piece.text === 'string' && piece.part === 'target' ? piece.text.replaceAll(from, to) : piece.text,
  after: piece.after.replaceAll(from, to),
});
const separators = (from: string, to: string) => (pieces: Piece[]) =>
  pieces.some(({ after }) => after.includes(from) && (from === '\n' || after.length === 1))
    ? pieces.map((piece) => (from === '\n' || piece.after.length === 1 ? replaced(piece, from, to) : piece))
    : undefined;
const without =
  (...parts: readonly Part[]) =>
  (pieces: Piece[]) => {
    if (pieces.length < 2 || !pieces.some(({ part }) => parts.includes(part))) return undefined;
    const left = pieces.filter(({ part }) => !parts.includes(part));
    // What stood behind the last one stands behind no other.
    const end = pieces.at(-1)!;
    return parts.includes(end.part) ? [...left.slice(0, -1), { ...left.at(-1)!, after: end.after }] : left;
  };
const textKey = ({ key }: Signing): string | undefined => (typeof key === 'string' ? key : undefined);
const hmac =
  (algorithm: string): Signing['mac'] =>
  (key, data) =>
    createHmac(algorithm, key).update(data).digest();
const isHmac = ({ algorithm }: Signer): boolean => algorithm !== 'md5-suffix';
const anyCase = ({ id }: Signer): boolean => id === 'vonage-sms';
const parsed = JSON.parse(sentJson) as { event: unknown };
const ofJson = (body: string | ((sent: string) => string)) =>
  signs(['body', 'hash'], ({ body: sent }, { kind }) =>
    kind === 'json' ? { body: typeof body === 'string' ? body : body(sent) } : undefined,
  );
const ofFields = (change: (fields: readonly Field[]) => readonly Field[]) =>
  signs('fields', ({ fields }) => (fields.length > 0 ? { fields: change(fields) } : undefined));
/** The fields of a form or a query as they stand in what is signed, written otherwise. */
const writesFields =
  (change: (text: string, signed: Delivery, signer: Signer) => string | undefined) =>
  (right: Signing, signer: Signer): Partial<Signing> | undefined => {
    const pieces = right.pieces(right.signed);
    const at = pieces.findIndex(({ part }) => part === 'fields');
    const own = pieces[at];
    const text = own && change(String(own.text), right.signed, signer);
    return own && text !== undefined ? { pieces: () => pieces.with(at, { ...own, text }) } : undefined;
  };
/** Each field as the scheme writes it, in an order and with names and values of the caller's. */
const inOrder = (fields: readonly Field[], signer: Signer): string | undefined => {
  switch (signer.id) {
    case 'vonage-sms':
      return fields.map(([name, value]) => `&${name}=${value.replace(/[&=]/g, '_')}`).join('');
    case 'shopify-oauth':
      return fields.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
    // Theirs stand beside those of a query.
    case 'plivo-v3':
    case 'messagebird-legacy':
      return undefined;
    default:
      return fields.flat().join('');
  }
};
const ofUrl = (change: (signed: Delivery) => Partial<Delivery>) => signs('url', change);

const ofResource = (change: (resource: string) => string) =>
  lays((pieces, { id }) => {
    if (!/^azure-(?:storage|table)/.test(id)) return undefined;
    return pieces.map((piece) => (piece.part === 'target' ? { ...piece, text: change(String(piece.text)) } : piece));
  });

export const slips: readonly Slip[] = [
  // Keys.
  { id: 'key/other', what: 'no secret', slip: () => ({ key: '' }) },
  {
    id: 'key/other',
    what: 'the key id for the secret',
    slip: (_, { keyId }) => (keyId === undefined ? undefined : { key: keyId }),
  },
  {
    id: 'key/encoding',
    what: 'the text of the secret, where it is to be decoded',
    slip: (right, { secret }) => (textKey(right) === undefined ? { key: secret } : undefined),
  },
  {
    id: 'key/encoding',
    what: 'the text behind the prefix, where it is to be decoded',
    slip: (right, { secret }) =>
      textKey(right) === undefined && secret.startsWith('whsec_') ? { key: secret.slice(6) } : undefined,
  },
  {
    id: 'key/encoding',
    what: 'the secret decoded, where its text is the key',
    slip: (right, { secret }) => {
      const prefix = /^wh?sec_/.exec(secret)?.[0];
      return textKey(right) !== undefined && prefix !== undefined
        ? { key: Buffer.from(secret.slice(prefix.length), 'base64') }
        : undefined;
    },
  },
  {
    id: 'key/prefix',
    what: 'the secret without its prefix, where it is part of the key',
    slip: (right, { secret }) => {
      const prefix = /^wh?sec_/.exec(secret)?.[0];
      return textKey(right) !== undefined && prefix !== undefined ? { key: secret.slice(prefix.length) } : undefined;
    },
  },
  {
    id: 'key/encoding',
    what: 'the key in hexadecimal digits',
    slip: ({ key }) => ({ key: Buffer.from(key).toString('hex') }),
  },
  {
    id: 'key/encoding',
    what: 'the key in base64',
    slip: (right) => (textKey(right) === undefined ? undefined : { key: Buffer.from(right.key).toString('base64') }),
  },
  {
    id: 'key/stray-characters',
    what: 'a line break behind the secret',
    slip: (right) => (textKey(right) === undefined ? undefined : { key: `${String(right.key)}\n` }),
  },
  {
    id: 'key/stray-characters',
    what: 'the secret in quotes',
    slip: (right) => (textKey(right) === undefined ? undefined : { key: `"${String(right.key)}"` }),
  },
  {
    id: 'key/swapped-with-message',
    what: 'secret and text swapped',
    slip: (_, signer) =>
      isHmac(signer) ? { mac: (key, data) => createHmac(signer.algorithm, data).update(key).digest() } : undefined,
  },
  // Digests.
  {
    id: 'digest/algorithm',
    what: 'SHA-1 for SHA-256, or the other way round',
    // What Twilio signs with SHA-1 is right by its other scheme.
    slip: (_, signer) =>
      isHmac(signer) && signer.id !== 'twilio-shared-key'
        ? { mac: hmac(signer.algorithm === 'sha256' ? 'sha1' : 'sha256') }
        : undefined,
  },
  {
    id: 'digest/algorithm',
    what: 'SHA-512',
    slip: (_, signer) => (isHmac(signer) ? { mac: hmac('sha512') } : undefined),
  },
  { id: 'digest/algorithm', what: 'MD5', slip: (_, signer) => (isHmac(signer) ? { mac: hmac('md5') } : undefined) },
  {
    id: 'digest/not-hmac',
    what: 'a hash of secret and text',
    slip: (_, { algorithm }) => ({
      mac: (key, data) =>
        createHash(algorithm === 'md5-suffix' ? 'md5' : algorithm)
          .update(key)
          .update(data)
          .digest(),
    }),
  },
  {
    id: 'digest/encoding',
    what: 'base64 for hexadecimal digits, or the other way round',
    slip: (_, { encoding }) => ({ write: (signature) => signature.toString(encoding === 'hex' ? 'base64' : 'hex') }),
  },
  {
    id: 'digest/encoding',
    what: 'hexadecimal digits in capitals',
    slip: (_, signer) =>
      signer.encoding === 'hex' && !anyCase(signer)
        ? { write: (signature) => signature.toString('hex').toUpperCase() }
        : undefined,
  },
  {
    id: 'digest/encoding',
    what: 'base64url',
    slip: (_, { encoding }) =>
      encoding === 'base64' ? { write: (signature) => signature.toString('base64url') } : undefined,
  },
  {
    id: 'digest/encoding',
    what: 'base64 of hexadecimal digits',
    slip: () => ({ write: (signature) => Buffer.from(signature.toString('hex')).toString('base64') }),
  },
  // Dates.
  {
    id: 'date/not-the-one-sent',
    what: 'a time three seconds later',
    slip: signs('time', (_, { time }) => ({ time: time?.(deliveredAt + 3000) ?? '' })),
  },
  {
    id: 'date/other-message',
    what: 'the time of another message, two hours before',
    // Where milliseconds are signed, a second alone has a thousand.
    slip: signs('time', ({ time: own }, { time }) =>
      /\.\d{3}|^\d{13}$/.test(own) ? undefined : { time: time?.(deliveredAt - 7_387_000) ?? '' },
    ),
  },
  {
    id: 'date/unit',
    what: 'milliseconds for seconds, or the other way round',
    slip: signs('time', ({ time }) => {
      if (!/^\d+$/.test(time)) return undefined;
      return { time: time.length > 10 ? time.slice(0, 10) : `${time}000` };
    }),
  },
  {
    id: 'date/unit',
    what: 'the time in ISO 8601',
    slip: signs('time', ({ time }) =>
      /^\d+$/.test(time) ? { time: new Date(Number(time) * (time.length > 10 ? 1 : 1000)).toISOString() } : undefined,
    ),
  },
  {
    id: 'date/format',
    what: 'ISO 8601 for a date of HTTP',
    slip: signs('time', ({ time }) => (time.endsWith('GMT') ? { time: new Date(time).toISOString() } : undefined)),
  },
  // Bodies.
  { id: 'body/reserialized', what: 'JSON.stringify of the parsed body', slip: ofJson(JSON.stringify(parsed)) },
  {
    id: 'body/reserialized',
    what: 'json.dumps of the parsed body',
    slip: ofJson('{"event": {"text": "Caf\\u00e9 & <b>", "user": "U1"}, "link": "https://example.com", "n": 1.5}'),
  },
  {
    id: 'body/reserialized',
    what: 'json_encode of the parsed body',
    slip: ofJson('{"event":{"text":"Caf\\u00e9 & <b>","user":"U1"},"link":"https:\\/\\/example.com","n":1.5}'),
  },
  { id: 'body/missing', what: 'an empty body', slip: ofJson('') },
  { id: 'body/missing', what: '[object Object]', slip: ofJson('[object Object]') },
  { id: 'body/newlines', what: 'a line break behind the body', slip: ofJson((body) => `${body}\n`) },
  { id: 'body/part-only', what: 'one member of the body', slip: ofJson(JSON.stringify(parsed.event)) },
  {
    id: 'body/transport-encoding',
    what: 'the body in base64, as a gateway hands it over',
    slip: ofJson((body) => Buffer.from(body).toString('base64')),
  },
  {
    id: 'content-hash/encoding',
    what: 'the hash of the body in the other encoding',
    slip: lays((pieces) => {
      const at = pieces.findIndex(({ part }) => part === 'hash');
      const own = pieces[at];
      if (!own) return undefined;
      const hash = typeof own.text === 'string' ? Buffer.from(own.text, 'base64') : own.text;
      return pieces.with(at, { ...own, text: hash.toString('hex') });
    }),
  },
  {
    id: 'content-hash/algorithm',
    what: 'another hash of the body',
    slip: lays((pieces, { id }) => {
      const at = pieces.findIndex(({ part }) => part === 'hash');
      const own = pieces[at];
      if (!own) return undefined;
      const hash = createHash(id.startsWith('sinch') ? 'sha256' : 'md5')
        .update(sentJson)
        .digest();
      return pieces.with(at, { ...own, text: typeof own.text === 'string' ? hash.toString('base64') : hash });
    }),
  },
  {
    id: 'content-hash/algorithm',
    what: 'the body itself in place of its hash',
    slip: lays((pieces) => {
      const at = pieces.findIndex(({ part }) => part === 'hash');
      const own = pieces[at];
      return own && pieces.with(at, { ...own, text: sentJson });
    }),
  },
  // Forms and queries that are signed parameter by parameter.
  {
    id: 'parameters/order',
    what: 'in the order sent',
    slip: writesFields((_, { fields }, signer) => (fields.length > 0 ? inOrder(fields, signer) : undefined)),
  },
  {
    id: 'parameters/encoding',
    what: 'as they are encoded, sorted',
    slip: writesFields((_, { fields }, signer) => {
      if (fields.length === 0 || signer.id === 'shopify-oauth') return undefined;
      const raw = fields.map(([name, value]): Field => [name, encodeURIComponent(value).replaceAll('%20', '+')]);
      return inOrder(
        raw.toSorted(([name], [other]) => (name < other ? -1 : 1)),
        signer,
      );
    }),
  },
  {
    id: 'parameters/encoding',
    what: 'decoded, where they are encoded again',
    slip: writesFields((_, { fields }, signer) =>
      signer.id === 'shopify-oauth'
        ? fields
            .toSorted(([name], [other]) => (name < other ? -1 : 1))
            .map((pair) => pair.join('='))
            .join('&')
        : undefined,
    ),
  },
  {
    id: 'parameters/order',
    what: 'those of the query in the order sent',
    slip: writesFields((text, { query }, { id }) => {
      if (query === '') return undefined;
      if (id === 'messagebird-legacy') return query;
      return id === 'plivo-v3' ? text.replace(/^\?[^.]*\./, `?${decodeURIComponent(query)}.`) : undefined;
    }),
  },
  {
    id: 'parameters/encoding',
    what: 'those of the query as they are encoded, and those of the form decoded',
    slip: writesFields((text, { query }, { id }) =>
      id === 'plivo-v3' ? text.replace(/^\?[^.]*\./, `?${query.split('&').toSorted().join('&')}.`) : undefined,
    ),
  },
  {
    id: 'parameters/order',
    what: 'those of the form in the order sent, and those of the query sorted',
    slip: writesFields((text, { fields, query }, { id }) =>
      id === 'plivo-v3' && query !== '' ? text.replace(/(?<=^\?[^.]*\.).*/, fields.flat().join('')) : undefined,
    ),
  },
  {
    id: 'parameters/encoding',
    what: 'without the sign before the first',
    slip: writesFields((text) => (/^[&?]/.test(text) ? text.slice(1) : undefined)),
  },
  {
    id: 'parameters/encoding',
    what: 'as @vonage/auth 1.15.0 writes them',
    slip: writesFields((_, { fields }, { id }) => {
      if (id !== 'vonage-sms') return undefined;
      const written = new URLSearchParams(fields.map(([name, value]) => [name, value]));
      written.sort();
      return written.toString().replace(/[&=]/g, '_');
    }),
  },
  {
    id: 'parameters/encoding',
    what: 'with nothing between them',
    slip: writesFields((text, _, { id }) => (id === 'shopify-oauth' ? text.replaceAll('&', '') : undefined)),
  },
  { id: 'parameters/set', what: 'without one of them', slip: ofFields((fields) => fields.toSpliced(1, 1)) },
  { id: 'parameters/set', what: 'one of them twice', slip: ofFields((fields) => [...fields, fields[0]!]) },
  {
    id: 'parameters/set',
    what: 'without those of the query',
    slip: signs('fields', ({ query }, { id }) =>
      id === 'plivo-v3' || id === 'messagebird-legacy' ? (query === '' ? undefined : { query: '' }) : undefined,
    ),
  },
  {
    id: 'body/form-encoding',
    what: 'without those that are empty',
    slip: signs('fields', ({ fields }, { kind }) =>
      kind === 'form' ? { fields: fields.filter(([, value]) => value !== '') } : undefined,
    ),
  },
  {
    id: 'body/form-encoding',
    what: 'the members of JSON as if they were fields of a form',
    slip: lays(([url, ...more], { id, kind }) => {
      if (!url || !id.startsWith('twilio') || kind !== 'json') return undefined;
      const { event, link } = parsed as { event: unknown; link: string };
      return [{ ...url, after: `event${JSON.stringify(event)}link${link}n1.5` }, ...more];
    }),
  },
  {
    id: 'body/form-encoding',
    what: 'the body behind the URL that has its hash',
    slip: lays(([url, ...more], { id, kind }) =>
      url && id.startsWith('twilio') && kind === 'json' ? [{ ...url, after: sentJson }, ...more] : undefined,
    ),
  },
  // URLs.
  {
    id: 'url/scheme',
    what: 'http for https, behind a proxy',
    slip: ofUrl(({ origin }) => ({ origin: origin.replace('https', 'http') })),
  },
  { id: 'url/host', what: 'the default port written out', slip: ofUrl(({ origin }) => ({ origin: `${origin}:443` })) },
  {
    id: 'url/path',
    what: 'a slash behind the path',
    slip: signs(['url', 'target'], ({ path }) => ({ path: `${path}/` })),
  },
  {
    id: 'url/path-encoding',
    what: 'the path decoded',
    slip: signs(['url', 'target'], ({ path }) => ({ path: decodeURIComponent(path) })),
  },
  {
    id: 'url/absolute',
    what: 'the path alone, where the whole URL is signed',
    slip: signs('url', (_, { id }) => (id === 'azure-sas' ? undefined : { origin: '' })),
  },
  {
    id: 'url/absolute',
    what: 'the whole URL, where its path is signed',
    slip: lays((pieces, { id, host = 'app.example.com' }) => {
      const at = pieces.findIndex(({ part }) => part === 'target');
      const own = pieces[at];
      if (!own || id.startsWith('azure-storage') || id.startsWith('azure-table')) return undefined;
      return pieces.with(at, { ...own, text: `https://${host}${String(own.text)}` });
    }),
  },
  {
    id: 'url/query-omitted',
    what: 'without the query',
    slip: signs(['url', 'target'], ({ query }, { id }) =>
      query === '' || id === 'plivo-v3' ? undefined : { query: '' },
    ),
  },
  {
    id: 'url/query-encoding',
    what: 'a space in the query as a plus',
    slip: signs(['url', 'target'], ({ query }) => ({ query: query.replace('%20', '+') })),
  },
  {
    id: 'url/query-order',
    what: 'the query sorted',
    slip: signs(['url', 'target'], ({ query }) => ({ query: query.split('&').toSorted().join('&') })),
  },
  {
    id: 'method/case',
    what: 'the method in lower case',
    slip: signs('method', ({ method }) => ({ method: method.toLowerCase() })),
  },
  { id: 'method/other', what: 'another method', slip: signs('method', () => ({ method: 'PUT' })) },
  {
    id: 'header/content-type',
    what: 'the Content-Type without its charset',
    slip: signs('type', ({ type }) => ({ type: type.replace(/;.*/, '') })),
  },
  {
    id: 'url/host',
    what: 'the host with its port',
    slip: signs('host', ({ origin }) => ({ origin: `${origin}:443` })),
  },
  // What Azure makes of a request.
  {
    id: 'url/path-encoding',
    what: 'the resource as it is, where it is signed encoded',
    slip: lays((pieces, { id }) =>
      id === 'azure-sas'
        ? pieces.map((piece) =>
            piece.part === 'url' ? { ...piece, text: decodeURIComponent(String(piece.text)) } : piece,
          )
        : undefined,
    ),
  },
  {
    id: 'url/canonical-form',
    what: 'the resource without its account',
    slip: ofResource((resource) => resource.replace('/myaccount', '')),
  },
  {
    id: 'url/canonical-form',
    what: 'the account of the emulator, twice',
    slip: ofResource((resource) => `/myaccount${resource}`),
  },
  {
    id: 'url/canonical-form',
    what: 'parameters in the order sent',
    slip: ofResource((resource) => resource.replace('\na:1 x\nb:2', '\nb:2\na:1 x')),
  },
  {
    id: 'url/canonical-form',
    what: 'the query as it is sent',
    slip: ofResource((resource) => resource.replace('\na:1 x\nb:2', '?b=2&a=1%20x')),
  },
  {
    id: 'header/signed-set',
    what: 'without one of the x-ms- headers',
    slip: lays((pieces) =>
      pieces.some(({ after }) => after.startsWith('\nx-ms-version'))
        ? pieces.map((piece) => ({ ...piece, after: piece.after.replace(/^\nx-ms-version.*\n/, '\n') }))
        : undefined,
    ),
  },
  // How the parts are put together.
  { id: 'layout/part-missing', what: 'no time', slip: lays(without('time')) },
  { id: 'layout/part-missing', what: 'no id', slip: lays(without('id')) },
  {
    id: 'layout/part-missing',
    what: 'no body',
    slip: lays((pieces) =>
      pieces.length > 1 && pieces.some(({ part }) => part === 'hash') ? without('hash')(pieces) : undefined,
    ),
  },
  {
    id: 'layout/order',
    what: 'the first two parts the other way round',
    slip: lays((pieces) => {
      const [first, second, ...rest] = pieces;
      if (!first || !second || first.text === second.text) return undefined;
      return [{ ...second, after: first.after }, { ...first, after: second.after }, ...rest];
    }),
  },
  { id: 'layout/separator', what: 'a colon for a dot', slip: lays(separators('.', ':')) },
  { id: 'layout/separator', what: 'a dot for a colon', slip: lays(separators(':', '.')) },
  { id: 'layout/newlines', what: 'CRLF for line breaks', slip: lays(separators('\n', '\r\n')) },
  { id: 'layout/literal-newline', what: 'a backslash and an n for line breaks', slip: lays(separators('\n', '\\n')) },
  {
    id: 'layout/trailing-newline',
    what: 'a line break at the end',
    slip: lays((pieces) =>
      // Behind a body it is more of the body.
      pieces.length > 1 && pieces.at(-1)?.part !== 'body'
        ? [...pieces.slice(0, -1), { ...pieces.at(-1)!, after: '\n' }]
        : undefined,
    ),
  },
];
