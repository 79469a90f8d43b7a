import { message, type Header, type Message } from '@countersign/core/message';
import { joined, macOf, type Delivery, type Signer, type Signing } from './signers.ts';

/** The time of the deliveries. */
export const deliveredAt = Date.UTC(2026, 2, 10, 8, 15, 30, 137);

/** A body as it is sent, with what another writer of JSON would write otherwise. */
export const sentJson =
  '{"event": {"text":"Caf\\u00e9 \\u0026 <b>","user":"U1"},"link":"https:\\/\\/example.com","n":1.50}';

const fields = [
  ['To', '+14155550100'],
  ['From', 'Alice B.'],
  ['Text', 'café & crème = 3'],
  ['Empty', ''],
  ['Digits', '0123'],
] as const;
const encoded = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');
const formOf = (pairs: Delivery['fields']): string => pairs.map((pair) => pair.map(encoded).join('=')).join('&');

/** The request as a provider, or a client of one, sends it. */
export function rightDelivery({ kind, time, pieces, host = 'app.example.com' }: Signer): Delivery {
  const at = time?.(deliveredAt) ?? '';
  const base = {
    method: 'POST',
    origin: `https://${host}`,
    path: '/hooks/calls%20in',
    query: 'b=2&a=1%20x',
    type: 'application/json; charset=utf-8',
    body: '',
    fields: [],
    time: at,
    id: '25031944730918273645',
  };
  if (kind === 'none') return { ...base, method: 'GET', query: '', type: '' };
  if (kind === 'json') return { ...base, body: sentJson };
  // Where the time is a field, it is signed with the others.
  const signsTime = time !== undefined && pieces({ ...base, fields: [['timestamp', at]] }).length === 1;
  const own = signsTime ? [...fields, ['timestamp', at] as const] : fields;
  if (kind === 'query') return { ...base, method: 'GET', type: '', query: formOf(own), fields: own };
  return { ...base, type: 'application/x-www-form-urlencoded', body: formOf(own), fields: own };
}

/** How it is signed as it should be. */
export function rightSigning(signer: Signer): Signing {
  return {
    signed: rightDelivery(signer),
    key: signer.key,
    pieces: signer.pieces,
    mac: macOf(signer.algorithm),
    write: (signature) => signature.toString(signer.encoding),
  };
}

/** The text of a signature. */
export function signatureOf({ signed, key, pieces, mac, write }: Signing): string {
  return write(mac(key, joined(pieces(signed))));
}

/** The request that was sent, with a signature. */
export function sentRequest(signer: Signer, sent: Delivery, signature: string): Message {
  const more = signer.parameter?.(signature, sent);
  const add = (text: string): string => (more === undefined ? text : text === '' ? more : `${text}&${more}`);
  const inBody = signer.kind === 'form';
  const query = inBody ? sent.query : add(sent.query);
  const body = inBody ? add(sent.body) : sent.body;
  const headers: Header[] = [
    ['Host', new URL(sent.origin).host],
    ...(sent.type === '' ? [] : [['Content-Type', sent.type] as const]),
    ...(signer.headers?.(signature, sent) ?? []),
  ];
  const url = sent.origin + sent.path + (query === '' ? '' : `?${query}`);
  return message({ method: sent.method, url, headers, ...(body !== '' && { body }) });
}
